using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Tests;

/// <summary>Training with many classes: it learns, it repeats, it allocates nothing, and it is validated by the whole softmax.</summary>
public sealed class ManyClassTests
{
    private const int Classes = 600;

    public static TheoryData<string> Kinds => ["full", "sampled", "adaptive", "adaptive, narrower"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_seed_repeats_a_run_bit_for_bit_on_one_thread_and_on_two(string kind)
    {
        using Team two = new(2);
        float[] once = Trained(kind, Team.Single);
        Assert.Equal(once, Trained(kind, Team.Single));
        Assert.Equal(once, Trained(kind, two));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_step_allocates_nothing_after_the_first_ones(string kind)
    {
        using Run run = new(kind, Team.Single, rows: 64);
        run.Steps(3);
        Allocation.AssertNone(() => run.Steps(20));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_learns_which_class_follows_which(string kind)
    {
        using Run run = new(kind, Team.Single, rows: 256);
        double before = run.Validate();
        run.Steps(60);
        double after = run.Validate();
        Assert.True(after < 0.25 * before, $"from {before} to {after}");
    }

    [Fact]
    public void A_sampled_softmax_is_validated_over_all_classes()
    {
        using Run run = new("sampled", Team.Single, rows: 64);
        run.Steps(5);
        using Tape tape = new(new TapeOptions { Recording = false });
        (Tensor x, Indices targets) = run.Batch(tape);
        tape.Begin();
        Parameter weight = run.Net.Output!.Weight, bias = run.Net.Output.Bias!;
        Assert.Equal(Losses.LinearCrossEntropy(x, weight, bias, targets).Item(), Losses.SampledSoftmax(x, weight, bias, targets, new ClassSampler(Run.Counts, 5)).Item());
    }

    [Fact]
    public void The_class_predicted_is_the_likeliest()
    {
        using Run run = new("adaptive", Team.Single, rows: 256);
        run.Steps(60);
        using Tape tape = new(new TapeOptions { Recording = false });
        (Tensor x, Indices targets) = run.Batch(tape);
        tape.Begin();
        int[] predicted = new int[targets.Length];
        run.Net.Adaptive!.Predict(x, predicted);
        float[] logs = run.Net.Adaptive.LogProbabilities(x).ToArray();
        for (int i = 0; i < predicted.Length; i++) Assert.Equal(logs.AsSpan(i * Classes, Classes).ToArray().Max(), logs[(i * Classes) + predicted[i]]);
        Assert.True(predicted.Zip(targets.Values.ToArray()).Count(pair => pair.First == pair.Second) > 200);
        Assert.Throws<ArgumentException>(() => run.Net.Adaptive.Predict(x, new int[3]));
    }

    [Fact]
    public void Parameters_are_called_as_in_PyTorch()
    {
        AdaptiveSoftmax layer = new AdaptiveSoftmax(new AdaptiveClusters(ClassOrder.ByCount([5, 4, 3, 2, 1]), 8, [1, 3], divisor: 2)).Build(1);
        Assert.Equal(
            ["head.weight [3, 8]", "head.bias [3]", "tail.0.0.weight [4, 8]", "tail.0.1.weight [2, 4]", "tail.0.1.bias [2]", "tail.1.0.weight [2, 8]", "tail.1.1.weight [2, 2]", "tail.1.1.bias [2]"],
            layer.Parameters.Select(p => $"{p.Name} {p.Shape}"));
        Assert.Equal("AdaptiveSoftmax(8 → 1 + 2 + 2)", layer.ToString());
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        ClassOrder order = ClassOrder.ByCount([5, 4, 3]);
        Assert.Contains("must rise", Assert.Throws<ArgumentException>(() => new AdaptiveClusters(order, 4, [2, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("between 1 and 2", Assert.Throws<ArgumentException>(() => new AdaptiveClusters(order, 4, [3])).Message, StringComparison.Ordinal);
        Assert.Contains("there twice", Assert.Throws<ArgumentException>(() => new ClassOrder([0, 1, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("out of range", Assert.Throws<ArgumentException>(() => new ClassOrder([0, 3, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("class 1 has the count -4", Assert.Throws<ArgumentException>(() => ClassOrder.ByCount([5, -4])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassSampler([5, 4, 3], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassSampler([5, 4, 3], 2, exponent: 1.5));

        using Tape tape = new();
        Linear output = new Linear(2, 3).Build(1);
        AdaptiveSoftmax adaptive = new AdaptiveSoftmax(new AdaptiveClusters(order, 2, [1])).Build(1);
        Tensor x = tape.Input([4, 2]);
        tape.Begin();
        Assert.Contains("knows 2 classes", Assert.Throws<ArgumentException>(() => Losses.SampledSoftmax(x, output.Weight, output.Bias, tape.Indices([4]), new ClassSampler([5, 4], 2))).Message, StringComparison.Ordinal);
        Assert.Contains("one target a row", Assert.Throws<ArgumentException>(() => adaptive.Loss(x, tape.Indices([3]))).Message, StringComparison.Ordinal);
        Assert.Contains("last axis must be 2", Assert.Throws<ArgumentException>(() => adaptive.Loss(tape.Input([4, 3]), tape.Indices([4]))).Message, StringComparison.Ordinal);
        Assert.Contains("target 3", Assert.Throws<ArgumentOutOfRangeException>(() => adaptive.Loss(x, tape.Indices([4], [0, 1, 2, 3]))).Message, StringComparison.Ordinal);
    }

    private static float[] Trained(string kind, Team team)
    {
        using Run run = new(kind, team, rows: 512);
        run.Steps(4);
        return run.Net.Parameters.Values.ToArray();
    }

    private sealed class Net : Module
    {
        private const int Width = 48;

        public Net(string kind, long[] counts)
        {
            Embedding = AddChild("embedding", new Embedding(Classes, Width));
            if (kind is "full" or "sampled") Output = AddChild("output", new Linear(Width, Classes));
            else Adaptive = AddChild("output", new AdaptiveSoftmax(new AdaptiveClusters(ClassOrder.ByCount(counts), Width, [40, 180], kind == "adaptive" ? 1 : 2)));
        }

        public Embedding Embedding { get; }

        public Linear? Output { get; }

        public AdaptiveSoftmax? Adaptive { get; }
    }

    /// <summary>Class i is followed by 7 i + 3; the smaller numbers are the rarer.</summary>
    private sealed class Run : IDisposable
    {
        private readonly ClassSampler? _sampler;
        private readonly Tape _tape;
        private readonly Adam _adam;
        private readonly Indices _inputs, _targets;

        public Run(string kind, Team team, int rows)
        {
            Net = new Net(kind, Counts).Build(5);
            if (kind == "sampled") _sampler = new ClassSampler(Counts, 80);
            _tape = new Tape(new TapeOptions { Team = team, Seed = 5 });
            _adam = new Adam(Net.Parameters) { LearningRate = 0.03f, Team = team };
            (_inputs, _targets) = (_tape.Indices([rows]), _tape.Indices([rows]));
        }

        public static long[] Counts { get; } = [.. Enumerable.Range(0, Classes).Select(i => 1 + (i * (long)i / 50))];

        public Net Net { get; }

        public void Steps(int count)
        {
            for (int s = 0; s < count; s++)
            {
                Fill(_inputs, _targets, (int)_tape.Step);
                _tape.Begin();
                _tape.Backward(Loss(Net.Embedding.Forward(_inputs), _targets));
                _adam.Step();
            }
        }

        public double Validate()
        {
            using Tape tape = new(new TapeOptions { Recording = false });
            (Tensor x, Indices targets) = Batch(tape);
            tape.Begin();
            return Loss(x, targets).Item();
        }

        /// <summary>Features and targets of a batch on another tape.</summary>
        public (Tensor X, Indices Targets) Batch(Tape tape)
        {
            Indices inputs = tape.Indices([256]), targets = tape.Indices([256]);
            Fill(inputs, targets, 1000);
            tape.Begin();
            float[] x = Net.Embedding.Forward(inputs).ToArray();
            return (tape.Input([256, x.Length / 256], x), targets);
        }

        public void Dispose() => _tape.Dispose();

        private Tensor Loss(Tensor x, Indices targets)
        {
            if (Net.Adaptive is { } adaptive) return adaptive.Loss(x, targets);
            return _sampler is { } sampler
                ? Losses.SampledSoftmax(x, Net.Output!.Weight, Net.Output.Bias, targets, sampler)
                : Losses.LinearCrossEntropy(x, Net.Output!.Weight, Net.Output.Bias, targets);
        }

        private static void Fill(Indices inputs, Indices targets, int step)
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                double u = CounterRandom.Uniform(11, (ulong)step, (ulong)i);
                int from = (int)(Classes * Math.Sqrt(Math.Sqrt(u)));
                inputs.Values[i] = from;
                targets.Values[i] = i % 9 == 0 ? -1 : ((7 * from) + 3) % Classes;
            }
        }
    }
}
