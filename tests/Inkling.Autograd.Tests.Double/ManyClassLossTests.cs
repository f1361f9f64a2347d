namespace Inkling.Tests;

/// <summary>The losses that save work when there are many classes, against what they stand for.</summary>
public sealed class ManyClassLossTests
{
    // Class 3 is the commonest, then 0, 5, 1, 6, 2, 4.
    private static readonly long[] Counts = [50, 9, 2, 200, 0, 20, 4];

    private static readonly int[][] Targets = [[3, 4, 0, 2], [3, 0, 3, 5], [-1, 6, -1, 4], [2, 2, -1, 3], [-1, -1, -1, -1]];

    public static TheoryData<int> TargetCases => [.. Enumerable.Range(0, Targets.Length)];

    [Theory]
    [MemberData(nameof(TargetCases))]
    public void Sampled_softmax(int targets)
    {
        foreach (int size in (int[])[1, 3, 5, 7])
        {
            ClassSampler sampler = new(Counts, size);
            Gradients.Check(x => Tape.Record(new SampledSoftmax(x[0].Tape.Indices([4], Targets[targets]), sampler, -1), x[0], x[1], x[2]), [[2, 2, 3], [7, 3], [7]], seed: (ulong)size);
            Gradients.Check(x => Tape.Record(new SampledSoftmax(x[0].Tape.Indices([4], Targets[targets]), sampler, -1), x[0], x[1]), [[4, 3], [7, 3]], seed: (ulong)size);
        }
    }

    [Theory]
    [MemberData(nameof(TargetCases))]
    public void Sampled_softmax_of_all_classes_is_the_full_one(int targets)
    {
        Problem problem = new([7, 3], [7]);
        ClassSampler all = new(Counts, 7);
        double[] sampled = problem.Run(x => Tape.Record(new SampledSoftmax(problem.Targets(Targets[targets]), all, -1), x));
        double[] full = problem.Run(x => Tape.Record(new LinearCrossEntropy(problem.Targets(Targets[targets]), -1), x));
        AssertClose(full, sampled);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Sampled_softmax_follows_its_formula(int size)
    {
        Problem problem = new([7, 3], [7]);
        ClassSampler sampler = new(Counts, size);
        int[] targets = [3, 4, 0, 2], classes = new int[size];
        double[] corrections = new double[size];
        for (int step = 1; step <= 20; step++)
        {
            double loss = problem.Run(x => Tape.Record(new SampledSoftmax(problem.Targets(targets), sampler, -1), x))[0];
            int drawn = sampler.Draw(problem.Seed, (ulong)step << 24, classes, corrections);
            double expected = 0;
            for (int i = 0; i < targets.Length; i++)
            {
                double own = Math.Exp(problem.Logit(i, targets[i]));
                double sum = own + Enumerable.Range(0, drawn).Where(j => classes[j] != targets[i]).Sum(j => Math.Exp(problem.Logit(i, classes[j]) + corrections[j]));
                expected -= Math.Log(own / sum) / targets.Length;
            }

            Assert.Equal(expected, loss, 1e-12);
        }
    }

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(3, 0.5)]
    [InlineData(4, 1.0)]
    [InlineData(5, 0.0)]
    [InlineData(7, 0.75)]
    public void A_sample_is_right_on_average(int size, double exponent)
    {
        const int Draws = 200_000;
        ClassSampler sampler = new(Counts, size, exponent);
        int[] classes = new int[size];
        double[] corrections = new double[size], mean = new double[Counts.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            int drawn = sampler.Draw(1, (ulong)draw, classes, corrections);
            Assert.InRange(drawn, sampler.CertainCount, size);
            Assert.Equal(drawn, classes.Take(drawn).Distinct().Count());
            for (int j = 0; j < drawn; j++) mean[classes[j]] += Math.Exp(corrections[j]) / Draws;
        }

        // The rarest class is drawn with probability 0.011 at the least: a standard error of 0.021.
        Assert.All(mean, value => Assert.Equal(1, value, 0.1));
    }

    [Fact]
    public void The_commonest_classes_are_in_every_sample()
    {
        ClassSampler sampler = new(Counts, 4, exponent: 1);
        int[] classes = new int[4];
        double[] corrections = new double[4];
        Assert.Equal(3, sampler.CertainCount);
        for (ulong step = 0; step < 50; step++)
        {
            sampler.Draw(1, step, classes, corrections);
            Assert.Equal([3, 0, 5], classes[..3]);
            Assert.Equal([0.0, 0.0, 0.0], corrections[..3]);
        }
    }

    [Theory]
    [MemberData(nameof(TargetCases))]
    public void Adaptive_softmax(int targets)
    {
        foreach (AdaptiveClusters clusters in Divisions)
        {
            Gradients.Check(x => Tape.Record(new AdaptiveCrossEntropy(x[0].Tape.Indices([4], Targets[targets]), clusters, -1), x), [[2, 2, 4], .. Operands(clusters)]);
        }
    }

    [Fact]
    public void Adaptive_log_probabilities()
    {
        foreach (AdaptiveClusters clusters in Divisions) Gradients.Check(x => Tape.Record(new AdaptiveLogProbabilities(clusters), x), [[3, 4], .. Operands(clusters)]);
    }

    [Fact]
    public void Adaptive_probabilities_sum_to_one_and_are_what_the_loss_is_of()
    {
        foreach (AdaptiveClusters clusters in Divisions)
        {
            Problem problem = new(Operands(clusters));
            int[] targets = [3, 4, -1, 2];
            double loss = problem.Run(x => Tape.Record(new AdaptiveCrossEntropy(problem.Targets(targets), clusters, -1), x))[0];
            double[] logs = problem.Run(x => Tape.Record(new AdaptiveLogProbabilities(clusters), x).Reshape([4 * 7]), backward: false);
            for (int i = 0; i < 4; i++) Assert.Equal(1, logs.Skip(i * 7).Take(7).Sum(Math.Exp), 1e-12);
            Assert.Equal(-(logs[3] + logs[7 + 4] + logs[21 + 2]) / 3, loss, 1e-12);
        }
    }

    [Fact]
    public void Adaptive_softmax_without_clusters_is_the_full_one()
    {
        ClassOrder order = ClassOrder.ByCount(Counts);
        Problem problem = new([7, 4], [7]);
        int[] targets = [3, -1, 0, 2], ranks = [.. targets.Select(t => t < 0 ? -1 : order.Ranks[t])];
        double[] adaptive = problem.Run(x => Tape.Record(new AdaptiveCrossEntropy(problem.Targets(targets), new AdaptiveClusters(order, 4, []), -1), x));
        double[] full = problem.Run(x => Tape.Record(new LinearCrossEntropy(problem.Targets(ranks), -1), x));
        AssertClose(full, adaptive);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_rows_go_through_in_several_chunks(bool ignoring)
    {
        // 2,500 rows are three chunks of 1,024 at most; with 4,000 classes, four of 786.
        const int Rows = 2500, Classes = 4000, Width = 2;
        using Tape tape = new();
        Random random = new(4);
        double[] Values(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        Tensor x = tape.Input([Rows, Width], Values(Rows * Width), requiresGradient: true);
        Tensor w = tape.Input([Classes, Width], Values(Classes * Width), requiresGradient: true), b = tape.Input([Classes], Values(Classes), requiresGradient: true);
        long[] counts = [.. Enumerable.Range(0, Classes).Select(i => (long)Classes - i)];
        Indices targets = tape.Indices([Rows], [.. Enumerable.Range(0, Rows).Select(i => ignoring && i % 11 == 3 ? -1 : (i * i) % Classes)]);
        double[] Run(Func<Tensor> loss)
        {
            tape.Begin();
            Tensor y = loss();
            tape.Backward(y);
            return [y.Item(), .. x.Gradient, .. w.Gradient, .. b.Gradient];
        }

        double[] parts = Run(() => Tape.Record(new SoftmaxCrossEntropy(targets, -1), Tape.Record(default(Affine), x, w, b)));
        AssertClose(parts, Run(() => Tape.Record(new LinearCrossEntropy(targets, -1), x, w, b)));
        AssertClose(parts, Run(() => Tape.Record(new SampledSoftmax(targets, new ClassSampler(counts, Classes), -1), x, w, b)));
        AssertClose(parts, Run(() => Tape.Record(new AdaptiveCrossEntropy(targets, new AdaptiveClusters(ClassOrder.ByCount(counts), Width, []), -1), x, w, b)));
    }

    [Fact]
    public void Cutoffs_cost_no_more_than_any_other_choice()
    {
        long[] counts = [.. Enumerable.Range(0, 400).Select(i => 100_000L / (i + 1))];
        int[] chosen = AdaptiveCutoffs.Choose(counts, 32, overhead: 100);
        double least = Cost(chosen);
        Assert.NotEmpty(chosen);
        for (int a = 16; a < 400; a += 16)
        {
            Assert.True(least <= Cost([a]) + 1e-9);
            for (int b = a + 16; b < 400; b += 16) Assert.True(least <= Cost([a, b]) + 1e-9, $"{a}, {b} cost less than {string.Join(", ", chosen)}");
        }

        double Cost(int[] cutoffs)
        {
            double cost = (32 * (cutoffs[0] + cutoffs.Length)) + (100 * cutoffs.Length), all = counts.Sum();
            for (int k = 0; k < cutoffs.Length; k++)
            {
                int end = k + 1 < cutoffs.Length ? cutoffs[k + 1] : counts.Length;
                cost += counts[cutoffs[k]..end].Sum() / all * 32 * (end - cutoffs[k]);
            }

            return cost;
        }
    }

    [Fact]
    public void Few_classes_are_not_divided() => Assert.Empty(AdaptiveCutoffs.Choose([5, 4, 3, 2, 1], 64));

    private static AdaptiveClusters[] Divisions
    {
        get
        {
            ClassOrder order = ClassOrder.ByCount(Counts);
            return [new(order, 4, [2]), new(order, 4, [1, 3, 6]), new(order, 4, [2, 4], divisor: 2), new(order, 4, [3, 5], divisor: 1.5, bias: false), new(order, 4, [], bias: false)];
        }
    }

    private static Shape[] Operands(AdaptiveClusters clusters)
    {
        List<Shape> shapes = [];
        void Add(int size, int width)
        {
            shapes.Add([size, width]);
            if (clusters.HasBias) shapes.Add([size]);
        }

        Add(clusters.HeadSize, clusters.Width);
        for (int k = 0; k < clusters.Count; k++)
        {
            if (clusters.WidthOf(k) < clusters.Width) shapes.Add([clusters.WidthOf(k), clusters.Width]);
            Add(clusters.SizeOf(k), clusters.WidthOf(k));
        }

        return [.. shapes];
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12);
    }

    /// <summary>Four rows of features and the weights, random and always the same.</summary>
    private sealed class Problem
    {
        private readonly Tape _tape = new(new TapeOptions { Seed = 3 });
        private readonly Tensor[] _operands;

        public Problem(params Shape[] operands)
        {
            Random random = new(8);
            Shape[] all = [[4, operands[0][1]], .. operands];
            _operands = [.. all.Select(s => _tape.Input(s, [.. Enumerable.Range(0, s.Length).Select(_ => random.NextDouble() - 0.5)], requiresGradient: true))];
        }

        public ulong Seed => _tape.Seed;

        public Indices Targets(int[] targets) => _tape.Indices([targets.Length], targets);

        public double Logit(int row, int one)
        {
            int width = _operands[0].Shape[1];
            return _operands[2].Values[one] + Enumerable.Range(0, width).Sum(d => _operands[0].Values[(row * width) + d] * _operands[1].Values[(one * width) + d]);
        }

        /// <summary>The values of the result, and behind them all gradients of twice the result.</summary>
        public double[] Run(Func<Tensor[], Tensor> f, bool backward = true)
        {
            _tape.Begin();
            Tensor y = f(_operands);
            if (!backward) return y.ToArray();
            _tape.Backward(y, scale: 2);
            return [.. y.ToArray(), .. _operands.SelectMany(o => o.Gradient.ToArray())];
        }
    }
}
