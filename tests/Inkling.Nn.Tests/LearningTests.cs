using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Whole steps: they learn, they repeat, and they allocate nothing.</summary>
public sealed class LearningTests
{
    [Fact]
    public void Two_layers_learn_xor()
    {
        Sequential model = new Sequential(new Linear(2, 8), new Activation<Tanh>(), new Linear(8, 1)).Build(seed: 1);
        Adam adam = new(model.Parameters) { LearningRate = 0.05f };
        using Tape tape = new();
        Tensor x = tape.Input([4, 2], [0, 0, 0, 1, 1, 0, 1, 1]);
        Tensor y = tape.Input([4, 1], [0, 1, 1, 0]);
        float last = float.PositiveInfinity;
        for (int step = 0; step < 500; step++)
        {
            tape.Begin();
            Tensor loss = Losses.BinaryCrossEntropyWithLogits(model.Forward(x), y);
            last = loss.Item();
            tape.Backward(loss);
            adam.Step();
        }

        Assert.True(last < 0.02f, $"loss {last}");
        tape.Begin();
        Assert.Equal([false, true, true, false], model.Forward(x).ToArray().Select(v => v > 0));
    }

    [Fact]
    public void A_training_step_allocates_nothing_after_the_first()
    {
        LanguageNet net = new LanguageNet().Build(1);
        using Tape tape = new(new TapeOptions { Team = Team.Single });
        Run run = new(net, tape);
        run.Steps(3);
        Allocation.AssertNone(() => run.Steps(20));
    }

    [Fact]
    public void A_seed_repeats_a_run_bit_for_bit_on_one_thread_and_on_two()
    {
        float[] once = Trained(Team.Single), again = Trained(Team.Single);
        using Team two = new(2);
        Assert.Equal(once, again);
        Assert.Equal(once, Trained(two));
    }

    [Fact]
    public void A_language_model_learns_a_repeating_text()
    {
        LanguageNet net = new LanguageNet().Build(1);
        using Tape tape = new();
        Run run = new(net, tape);
        float first = run.Steps(1), last = run.Steps(150);
        Assert.True(last < 0.25f * first, $"from {first} to {last}");
    }

    private static float[] Trained(Team team)
    {
        LanguageNet net = new LanguageNet(hidden: 192).Build(7);
        using Tape tape = new(new TapeOptions { Team = team, Seed = 7 });
        Run run = new(net, tape, team);
        run.Steps(4);
        return net.Parameters.Values.ToArray();
    }

    private sealed class LanguageNet : Module
    {
        public LanguageNet(int hidden = 32)
        {
            Embedding = AddChild("embedding", new Embedding(50, 24));
            Lstm = AddChild("lstm", new Lstm(24, hidden, layers: 2, dropout: 0.1));
            Norm = AddChild("norm", new LayerNorm(hidden));
            Projection = AddChild("projection", new Linear(hidden, 24));
        }

        public Embedding Embedding { get; }

        public Lstm Lstm { get; }

        public LayerNorm Norm { get; }

        public Linear Projection { get; }
    }

    private sealed class Run
    {
        private const int Time = 12, Batch = 16;
        private readonly LanguageNet _net;
        private readonly Tape _tape;
        private readonly AdamW _adam;
        private readonly Indices _inputs, _targets, _resets;
        private readonly CarriedState[] _hidden, _cell;
        private readonly Tensor[] _h = new Tensor[2], _c = new Tensor[2], _lastH = new Tensor[2], _lastC = new Tensor[2];
        private int _position;

        public Run(LanguageNet net, Tape tape, Team? team = null)
        {
            _net = net;
            _tape = tape;
            _adam = new AdamW(net.Parameters) { LearningRate = 0.01f, Team = team ?? Team.Single };
            _inputs = tape.Indices([Time, Batch]);
            _targets = tape.Indices([Time, Batch]);
            _resets = tape.Indices([Time, Batch]);
            Shape state = [Batch, net.Lstm.HiddenWidth];
            _hidden = [tape.State(state), tape.State(state)];
            _cell = [tape.State(state), tape.State(state)];
            for (int k = 0; k < 2; k++) (_h[k], _c[k]) = (_hidden[k].Tensor, _cell[k].Tensor);
        }

        public float Steps(int count)
        {
            float loss = 0;
            for (int s = 0; s < count; s++)
            {
                for (int i = 0; i < Time * Batch; i++)
                {
                    int at = _position + (i / Batch) + (3 * (i % Batch));
                    _inputs.Values[i] = at * at % 47;
                    _targets.Values[i] = (at + 1) * (at + 1) % 47;
                    _resets.Values[i] = at % 31 == 0 ? 1 : 0;
                }

                _position += Time;
                _tape.Begin();
                Tensor output = _net.Lstm.Forward(_net.Embedding.Forward(_inputs), _h, _c, _lastH, _lastC, _resets);
                for (int k = 0; k < 2; k++)
                {
                    _tape.Carry(_lastH[k], _hidden[k]);
                    _tape.Carry(_lastC[k], _cell[k]);
                }

                Tensor total = Losses.LinearCrossEntropy(_net.Projection.Forward(_net.Norm.Forward(output)), _net.Embedding.Weight, null, _targets);
                loss = total.Item();
                _tape.Backward(total);
                GradientClipping.ClipByGlobalNorm(_net.Parameters, 1);
                _adam.Step();
            }

            return loss;
        }
    }
}
