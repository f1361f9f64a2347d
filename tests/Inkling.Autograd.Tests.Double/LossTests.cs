using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Gradients of the losses by differences.</summary>
public sealed class LossTests
{
    [Fact]
    public void Regression()
    {
        Gradients.Check(x => Losses.MeanAbsoluteError(x[0], x[1]), [[3, 4], [3, 4]]);
        Gradients.Check(x => Losses.Huber(x[0], x[1], 0.7), [[3, 4], [3, 4]]);
        Gradients.Check(x => Losses.SmoothL1(x[0], x[1], 0.3), [[3, 4], [3, 4]]);
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.2, false)]
    [InlineData(0.0, true)]
    [InlineData(0.2, true)]
    public void Cross_entropy_with_weights_and_smoothing(double smoothing, bool weighted)
    {
        Tensor? Weights(Tape tape) => weighted ? tape.Input([5], [0.5, 1, 2, 0.1, 3]) : null;
        Gradients.Check(x => Losses.CrossEntropy(x[0], x[0].Tape.Indices([4], [0, 2, -1, 4]), Weights(x[0].Tape), smoothing), [[2, 2, 5]]);
        Gradients.Check(x => Losses.NegativeLogLikelihood(x[0], x[0].Tape.Indices([4], [0, 2, -1, 4]), Weights(x[0].Tape)), [[4, 5]]);
    }

    [Fact]
    public void Cross_entropy_of_rows_that_are_all_ignored_is_nothing()
    {
        Gradients.Check(x => Losses.CrossEntropy(x[0], x[0].Tape.Indices([2], [-1, -1]), labelSmoothing: 0.1), [[2, 3]]);
        Gradients.Check(x => Losses.NegativeLogLikelihood(x[0], x[0].Tape.Indices([2], [-1, -1])), [[2, 3]]);
    }

    [Fact]
    public void Binary_cross_entropy_with_positive_weights()
    {
        double[] targets = [0, 1, 0.3, 1, 0, 0.9];
        Gradients.Check(x => Losses.BinaryCrossEntropyWithLogits(x[0], x[0].Tape.Input([2, 3], targets), x[0].Tape.Input([3], [0.5, 2, 3])), [[2, 3]]);
        Gradients.Check(x => Losses.BinaryCrossEntropyWithLogits(x[0], x[0].Tape.Input([2, 3], targets), x[0].Tape.Constant(2.5)), [[2, 3]]);
    }

    [Fact]
    public void Divergence() => Gradients.Check(x => Losses.KlDivergence(x[0], x[1]), [[3, 4], [3, 4]], i => 0.1 + (i * 0.07));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Margins(bool squared)
    {
        Gradients.Check(x => Losses.Hinge(x[0], x[0].Tape.Input([6], [1, -1, 1, 1, -1, -1]), 0.8, squared), [[6]]);
        Gradients.Check(x => Losses.MultiMargin(x[0], x[0].Tape.Indices([3], [1, 0, 3]), 0.7, squared), [[3, 4]]);
    }

    [Fact]
    public void Embeddings()
    {
        Gradients.Check(x => Losses.CosineEmbedding(x[0], x[1], x[0].Tape.Indices([4], [1, -1, -1, 1]), 0.1), [[4, 3], [4, 3]]);
        Gradients.Check(x => Losses.TripletMargin(x[0], x[1], x[2], 0.5), [[4, 3], [4, 3], [4, 3]]);
        Gradients.Check(x => x[0].UnitRows(), [[4, 3]]);
        Gradients.Check(x => Losses.InfoNce(x[0], x[1], 0.3), [[4, 3], [4, 3]]);
        Gradients.Check(x => Losses.InfoNce(x[0], x[1], 0.3, symmetric: true), [[4, 3], [4, 3]]);
    }

    [Fact]
    public void Rows_of_zeros_have_no_direction_and_a_finite_gradient()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 2], [0, 0, 3, 4], requiresGradient: true);
        tape.Begin();
        Tensor y = x.UnitRows();
        Assert.Equal([0, 0, 0.6, 0.8], y.ToArray().Select(v => Math.Round(v, 12)));
        tape.Backward(y.Sum());
        Assert.All(x.Gradient.ToArray(), g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void Penalty() => Gradients.Check(x => Tape.Record(new WeightPenalty(0.3, 0.7), x[0]), [[3, 4]]);

    [Fact]
    public void Alignment()
    {
        Gradients.Check(x => Losses.Ctc(x[0], x[0].Tape.Indices([3, 3], [1, 1, 2, 3, 0, 0, 0, 0, 0]), x[0].Tape.Indices([3], [3, 1, 0]), x[0].Tape.Indices([3], [6, 4, 2])), [[6, 3, 4]]);
        Gradients.Check(x => Losses.Ctc(x[0], x[0].Tape.Indices([1, 2], [0, 2]), x[0].Tape.Indices([1], [2]), blank: 3), [[5, 1, 4]]);
    }

    [Fact]
    public void Alignment_sums_over_all_ways_to_write_the_labels()
    {
        const int Time = 4, Classes = 3;
        using Tape tape = new();
        Random random = new(3);
        double[] logits = [.. Enumerable.Range(0, Time * Classes).Select(_ => random.NextDouble() * 3)];
        double[][] p = [.. Enumerable.Range(0, Time).Select(t => Softmax(logits[(t * Classes)..((t + 1) * Classes)]))];
        tape.Begin();
        foreach (int[] labels in (int[][])[[1, 2], [1, 1], [2], []])
        {
            double sum = 0;
            for (int code = 0; code < 81; code++)
            {
                int[] path = [code / 27, code / 9 % 3, code / 3 % 3, code % 3];
                int[] read = [.. path.Where((c, t) => t == 0 || c != path[t - 1]).Where(c => c != 0)];
                if (read.SequenceEqual(labels)) sum += path.Select((c, t) => p[t][c]).Aggregate(1.0, (a, b) => a * b);
            }

            double loss = Losses.Ctc(tape.Input([Time, 1, Classes], logits), tape.Indices([1, 2], [.. labels, .. new int[2 - labels.Length]]), tape.Indices([1], [labels.Length])).Item();
            Assert.Equal(-Math.Log(sum) / Math.Max(1, labels.Length), loss, 1e-10);
        }
    }

    private static double[] Softmax(double[] x)
    {
        double sum = x.Sum(Math.Exp);
        return [.. x.Select(v => Math.Exp(v) / sum)];
    }
}
