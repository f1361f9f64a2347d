using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>L-BFGS in single precision: it converges, resumes, and leaves alone what it shall. Its steps are compared with PyTorch's in double.</summary>
public sealed class LbfgsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_finds_the_minimum_of_a_network_on_all_data(bool lineSearch)
    {
        (Sequential model, Func<float> closure, Tape tape) = Problem();
        using (tape)
        {
            Lbfgs lbfgs = new(model.Parameters, history: 10, lineSearch) { LearningRate = lineSearch ? 1 : 0.3f };
            float first = lbfgs.Step(closure), last = first;
            for (int i = 0; i < 30; i++) last = lbfgs.Step(closure);
            Assert.True(last < (lineSearch ? 1e-3f : 0.05f), $"from {first} to {last}");
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        (Sequential model, Func<float> closure, Tape tape) = Problem();
        using (tape)
        {
            Lbfgs lbfgs = new(model.Parameters, history: 5, lineSearch: true);
            for (int i = 0; i < 3; i++) lbfgs.Step(closure);
            Allocation.AssertNone(() => lbfgs.Step(closure));
        }
    }

    [Fact]
    public void A_run_taken_up_from_its_state_goes_on_bit_for_bit()
    {
        (Sequential model, Func<float> closure, Tape tape) = Problem();
        (Sequential other, Func<float> otherClosure, Tape otherTape) = Problem();
        using (tape)
        using (otherTape)
        {
            Lbfgs through = new(model.Parameters, 4, true) { MostIterations = 3 }, resumed = new(other.Parameters, 4, true) { MostIterations = 3 };
            for (int i = 0; i < 4; i++) through.Step(closure);
            model.Parameters.Values.CopyTo(other.Parameters.Values);
            foreach (string name in through.StateNames) through.State(name).CopyTo(resumed.State(name));
            resumed.Steps = through.Steps;
            for (int i = 0; i < 4; i++) Assert.Equal(through.Step(closure), resumed.Step(otherClosure));
            Assert.Equal(model.Parameters.Values.ToArray(), other.Parameters.Values.ToArray());
        }
    }

    [Fact]
    public void Frozen_parameters_stay()
    {
        (Sequential model, Func<float> closure, Tape tape) = Problem();
        using (tape)
        {
            model.Parameters["0.weight"].Trainable = false;
            float[] before = model.Parameters["0.weight"].Values.ToArray();
            new Lbfgs(model.Parameters, 5, true).Step(closure);
            Assert.Equal(before, model.Parameters["0.weight"].Values.ToArray());
        }
    }

    [Fact]
    public void A_step_without_a_closure_and_a_loss_that_is_no_number_are_refused()
    {
        (Sequential model, Func<float> closure, Tape tape) = Problem();
        using (tape)
        {
            Lbfgs lbfgs = new(model.Parameters, 5, true);
            float[] before = model.Parameters.Values.ToArray();
            Assert.Throws<InvalidOperationException>(lbfgs.Step);
            Assert.Throws<InvalidOperationException>(() => new Lbfgs(model.Parameters, 5) { L2 = 1 }.Step(closure));
            model.Parameters["0.bias"].Values[0] = float.NaN;
            NonFiniteGradientException e = Assert.Throws<NonFiniteGradientException>(() => lbfgs.Step(closure));
            Assert.Contains("'0.bias'", e.Message, StringComparison.Ordinal);
            model.Parameters["0.bias"].Values[0] = before[model.Parameters["0.bias"].Offset];
            Assert.Equal(before, model.Parameters.Values.ToArray());
        }
    }

    private static (Sequential Model, Func<float> Closure, Tape Tape) Problem()
    {
        Sequential model = new Sequential(new Linear(2, 6), new Activation<Tanh>(), new Linear(6, 1)).Build(5);
        Tape tape = new();
        Tensor x = tape.Input([4, 2], [0, 0, 0, 1, 1, 0, 1, 1]), y = tape.Input([4, 1], [0, 1, 1, 0]);
        return (model, Closure, tape);

        float Closure()
        {
            tape.Begin();
            Tensor loss = Losses.MeanSquaredError(model.Forward(x), y);
            tape.Backward(loss);
            return loss.Item();
        }
    }
}
