using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Groups, penalties, accumulation, and gradients that are not numbers.</summary>
public sealed class OptimizerOptionTests
{
    [Fact]
    public void Groups_have_rates_and_decay_of_their_own_and_lie_side_by_side()
    {
        Sequential model = new Sequential(new Linear(3, 4), new Linear(4, 4).InGroup("slow"), new Linear(4, 2)).Build(1);
        Parameter[] slow = [.. model.Parameters.Where(p => p.Group == "slow")];
        Assert.Equal(["1.weight", "1.bias"], slow.Select(p => p.Name));
        int[] places = [.. model.Parameters.OrderBy(p => p.Offset).Select((p, i) => (p, i)).Where(one => one.p.Group == "slow").Select(one => one.i)];
        Assert.Equal(1, places[1] - places[0]);

        float[] before = model.Parameters.Values.ToArray();
        model.Parameters.Gradients.Fill(1);
        new Sgd(model.Parameters, 0.5) { L2 = 0.2f, Groups = [new ParameterGroup("slow") { RateFactor = 0.1f, DecayFactor = 3 }] }.Step();
        foreach (Parameter p in model.Parameters)
        {
            (float rate, float decay) = p.Group == "slow" ? (0.05f, 0.6f) : (0.5f, 0.2f);
            for (int i = 0; i < p.Values.Length; i++)
                Assert.Equal(before[p.Offset + i] - (rate * (1 + (p.Decays ? decay * before[p.Offset + i] : 0))), p.Values[i], 1e-6f);
        }
    }

    [Fact]
    public void A_group_of_no_parameter_is_named()
    {
        Sequential model = new Sequential(new Linear(3, 4)).Build(1);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(new Sgd(model.Parameters, 0.5) { Groups = [new ParameterGroup("hed")] }.Step);
        Assert.Contains("'hed'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_set_after_building_is_heeded()
    {
        Linear first = new(2, 2);
        Sequential model = new Sequential(first, new Linear(2, 2)).Build(1);
        Sgd sgd = new(model.Parameters, 0.5);
        model.Parameters.Gradients.Clear();
        sgd.Step();
        first.InGroup("still");
        Sgd other = new(model.Parameters, 0.5) { Groups = [new ParameterGroup("still") { RateFactor = 0 }] };
        float[] before = first.Weight.Values.ToArray();
        model.Parameters.Gradients.Fill(1);
        other.Step();
        Assert.Equal(before, first.Weight.Values.ToArray());
    }

    [Fact]
    public void Penalties_of_an_optimizer_have_the_gradients_of_the_penalty_in_the_loss()
    {
        float[] Trained(bool inLoss)
        {
            Sequential model = new Sequential(new Linear(3, 5), new Activation<Tanh>(), new Linear(5, 1)).Build(3);
            Adam adam = new(model.Parameters) { L1 = inLoss ? 0 : 0.01f, L2 = inLoss ? 0 : 0.03f };
            using Tape tape = new();
            Tensor x = tape.Input([4, 3], [1, 2, 3, -1, 0, 2, 0.5f, 1, -2, 3, -1, 1]), y = tape.Input([4, 1], [1, 0, -1, 2]);
            for (int step = 0; step < 30; step++)
            {
                tape.Begin();
                Tensor loss = Losses.MeanSquaredError(model.Forward(x), y);
                if (inLoss) loss += Losses.Penalty(tape, model.Parameters, l1: 0.01, l2: 0.03);
                tape.Backward(loss);
                adam.Step();
            }

            return model.Parameters.Values.ToArray();
        }

        float[] inLoss = Trained(true), inStep = Trained(false);
        for (int i = 0; i < inLoss.Length; i++) Assert.Equal(inLoss[i], inStep[i], 2e-5f);
    }

    [Fact]
    public void Accumulated_batches_are_the_large_batch()
    {
        Sequential model = new Sequential(new Linear(3, 5), new Activation<Tanh>(), new Linear(5, 1)).Build(3);
        float[] x = [1, 2, 3, -1, 0, 2, 0.5f, 1, -2, 3, -1, 1], y = [1, 0, -1, 2];
        using Tape tape = new();
        float[] GradientOf(int batches)
        {
            int size = 4 / batches;
            model.Parameters.ConsumeGradients();
            for (int b = 0; b < batches; b++)
            {
                tape.Begin();
                Tensor input = tape.Input([size, 3], x.AsSpan(b * size * 3, size * 3)), target = tape.Input([size, 1], y.AsSpan(b * size, size));
                tape.Backward(Losses.MeanSquaredError(model.Forward(input), target), scale: 1f / batches);
            }

            return model.Parameters.Gradients.ToArray();
        }

        float[] whole = GradientOf(1), parts = GradientOf(4);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], parts[i], 1e-6f);
        Assert.Contains(whole, g => Math.Abs(g) > 0.1f);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_gradient_that_is_no_number_is_named_before_anything_changes(float broken)
    {
        Sequential model = new Sequential(new Linear(3, 5), new Linear(5, 1)).Build(3);
        Adam adam = new(model.Parameters) { ChecksGradients = true };
        model.Parameters.Gradients.Fill(0.1f);
        adam.Step();
        float[] before = model.Parameters.Values.ToArray(), m = adam.State("m").ToArray();
        model.Parameters["1.weight"].Gradients[2] = broken;
        NonFiniteGradientException e = Assert.Throws<NonFiniteGradientException>(adam.Step);
        Assert.Equal((2, "1.weight"), (e.Step, e.ParameterName));
        Assert.Contains("'1.weight' [1, 5]", e.Message, StringComparison.Ordinal);
        Assert.Contains("number 2", e.Message, StringComparison.Ordinal);
        Assert.Contains("Likely cause", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.Values.ToArray());
        Assert.Equal(m, adam.State("m").ToArray());
        Assert.Equal(1, adam.Steps);
    }

    [Fact]
    public void Weights_that_are_spoilt_already_are_the_likely_cause()
    {
        Sequential model = new Sequential(new Linear(3, 5)).Build(3);
        model.Parameters["0.bias"].Values[1] = float.NaN;
        model.Parameters.Gradients.Fill(float.NaN);
        NonFiniteGradientException e = Assert.Throws<NonFiniteGradientException>(() => NonFiniteGradientException.ThrowIfAny(model.Parameters, 7));
        Assert.Contains("'0.bias' is not finite itself", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clipping_by_value_limits_both_sides()
    {
        Sequential model = new Sequential(new Linear(2, 2)).Build(1);
        Parameter weight = model.Parameters["0.weight"];
        ((float[])[-3, -0.5f, 0.5f, 3]).CopyTo(weight.Gradients);
        GradientClipping.ClipByValue(model.Parameters, 1);
        Assert.Equal([-1, -0.5f, 0.5f, 1], weight.Gradients.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ClipByValue(model.Parameters, 0));
    }

    [Fact]
    public void Frozen_modules_stay_and_learn_again_later()
    {
        Linear first = new(2, 3);
        Sequential model = new Sequential(first.Freeze(), new Linear(3, 1)).Build(1);
        Sgd sgd = new(model.Parameters, 0.5);
        float[] before = first.Weight.Values.ToArray();
        model.Parameters.Gradients.Fill(1);
        sgd.Step();
        Assert.Equal(before, first.Weight.Values.ToArray());
        first.Unfreeze();
        model.Parameters.Gradients.Fill(1);
        sgd.Step();
        Assert.NotEqual(before, first.Weight.Values.ToArray());
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        ParameterSet set = new Sequential(new Linear(2, 2)).Build(1).Parameters;
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(set) { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(set) { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(set) { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(set, 1) { L1 = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(set, 1, momentum: 1));
        Assert.Throws<ArgumentException>(() => new Sgd(set, 1, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rprop(set) { Grow = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs(set, history: 0));
    }
}
