using Inkling.Golden;
using Inkling.Training.Metrics;

namespace Inkling.Training.Tests.Metrics;

/// <summary>Figures against scikit-learn's, SciPy's and NLTK's (tests/golden/metrics.py).</summary>
public sealed class MetricTests
{
    private const double Tolerance = 1e-6; // the golden ones are kept as 32-bit numbers

    [Theory]
    [InlineData("ten")]
    [InlineData("absent")]
    [InlineData("two")]
    public void Classification(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("metrics");
        Metric[] metrics =
        [
            new Accuracy(), new Precision(), new Precision(Averaging.Micro), new Precision(Averaging.Weighted), new Recall(), new Recall(Averaging.Micro),
            new Recall(Averaging.Weighted), new F1(), new F1(Averaging.Micro), new F1(Averaging.Weighted), new TopKAccuracy(1), new TopKAccuracy(2), new TopKAccuracy(3),
        ];
        int compared = 0;
        foreach (Metric metric in metrics)
        {
            if (!golden.Has(name, "out." + metric.Name)) continue;
            Fill(metric, golden, name, chunk: 7);
            Equal(golden.Values(name, "out." + metric.Name)[0], metric.Value, $"{name} {metric.Name}");
            compared++;
        }

        Assert.InRange(compared, 10, 12);
    }

    [Theory]
    [InlineData("ten")]
    [InlineData("absent")]
    [InlineData("two")]
    public void Classes_each(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("metrics");
        ConfusionMatrix matrix = new();
        (Precision precision, Recall recall, F1 f1) = (new(), new(), new());
        foreach (Metric metric in (Metric[])[matrix, precision, recall, f1]) Fill(metric, golden, name, chunk: 11);
        int[] counts = golden.Integers(name, "out.confusion");
        for (int i = 0; i < counts.Length; i++) Assert.Equal(counts[i], matrix[i / matrix.Classes, i % matrix.Classes]);
        foreach ((string figure, IReadOnlyList<double> ours) in ((string, IReadOnlyList<double>)[])[("precision", precision.PerClass), ("recall", recall.PerClass), ("f1", f1.PerClass)])
        {
            float[] expected = golden.Values(name, $"out.{figure}_each");
            for (int c = 0; c < expected.Length; c++) Equal(expected[c], ours[c], $"{name} {figure} of {c}");
        }

        Recall one = new(1);
        Fill(one, golden, name, chunk: 100);
        Assert.Equal(recall.PerClass[1], one.Value);
    }

    [Theory]
    [InlineData("smooth")]
    [InlineData("ties")]
    [InlineData("constant")]
    [InlineData("perfect")]
    [InlineData("reversed")]
    public void Ranking(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("metrics");
        foreach (Metric metric in (Metric[])[new RocAuc(), new AveragePrecision(), new PrecisionRecallAuc()])
        {
            Fill(metric, golden, name, chunk: 13);
            Equal(golden.Values(name, "out." + metric.Name)[0], metric.Value, $"{name} {metric.Name}");
            metric.Reset();
            Assert.True(double.IsNaN(metric.Value));
        }
    }

    [Fact]
    public void Two_scores_a_row_rank_by_their_difference()
    {
        RocAuc one = new(), two = new();
        one.Add(new Predictions { Outputs = [0.5f, -1, 2, 0], Width = 1, Classes = [0, 0, 1, 1] });
        two.Add(new Predictions { Outputs = [1, 1.5f, 3, 2, 0, 2, 5, 5], Width = 2, Classes = [0, 0, 1, 1] });
        Assert.Equal(0.75, one.Value);
        Assert.Equal(one.Value, two.Value);
        Assert.Throws<ArgumentException>(() => one.Add(new Predictions { Outputs = [1, 2, 3], Width = 3, Classes = [0] }));
        Assert.Throws<ArgumentException>(() => one.Add(new Predictions { Outputs = [float.NaN], Width = 1, Classes = [0] }));
    }

    [Theory]
    [InlineData("line", 1)]
    [InlineData("steps", 1)]
    [InlineData("far", 1)]
    [InlineData("three", 3)]
    public void Regression(string name, int width)
    {
        using GoldenFamily golden = GoldenFamily.Open("metrics");
        float[] predicted = golden.Values(name, "in.predicted"), truth = golden.Values(name, "in.truth");
        foreach (Metric metric in (Metric[])[new MeanAbsoluteError(), new RSquared(), new Pearson(), new Spearman()])
        {
            for (int start = 0; start < truth.Length; start += 10 * width)
            {
                int length = Math.Min(10 * width, truth.Length - start);
                metric.Add(new Predictions { Outputs = predicted.AsSpan(start, length), Width = width, Numbers = truth.AsSpan(start, length) });
            }

            // Numbers about 10,000 with a spread of 1 leave scikit-learn's 32-bit sums four digits.
            Equal(golden.Values(name, "out." + metric.Name)[0], metric.Value, $"{name} {metric.Name}", name == "far" ? 2e-3 : Tolerance);
        }
    }

    [Fact]
    public void Constant_truth_follows_the_conventions()
    {
        RSquared met = new(), missed = new();
        met.Add(new Predictions { Outputs = [2, 2], Width = 1, Numbers = [2, 2] });
        missed.Add(new Predictions { Outputs = [2, 3], Width = 1, Numbers = [2, 2] });
        Assert.Equal((1, 0), (met.Value, missed.Value));
        Assert.True(double.IsNaN(Pearson.Of([1, 2, 3], [4, 4, 4])));
        Assert.Equal(1, Spearman.Of([1, 2, 30], [4, 5, 6]), 1e-12);
        Assert.Throws<ArgumentException>(() => Spearman.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => met.Add(new Predictions { Outputs = [1, 2], Width = 2, Numbers = [1] }));
    }

    [Fact]
    public void Rows_that_do_not_count_do_not()
    {
        Accuracy accuracy = new();
        accuracy.Add(new Predictions { Outputs = [1, 0, 0, 1, 3, 2], Width = 2, Classes = [0, -1, 1] });
        Assert.Equal(0.5, accuracy.Value);
        Assert.Contains("class 2 is none of the 2", Assert.Throws<ArgumentException>(() => accuracy.Add(new Predictions { Outputs = [1, 0], Width = 2, Classes = [2] })).Message, StringComparison.Ordinal);
        Accuracy logits = new();
        logits.Add(new Predictions { Outputs = [0.1f, -0.1f, 4], Width = 1, Numbers = [1, 1, 1] });
        Assert.Equal(2 / 3.0, logits.Value, 1e-12);
    }

    [Fact]
    public void Perplexity_is_that_of_the_mean_over_targets()
    {
        Perplexity perplexity = new();
        perplexity.Add(new Predictions { Loss = Math.Log(2), Targets = 30 });
        perplexity.Add(new Predictions { Loss = Math.Log(16), Targets = 10 });
        Assert.Equal(Math.Pow(2, 1.75), perplexity.Value, 1e-12);
        Assert.False(perplexity.HigherIsBetter);
    }

    [Fact]
    public void A_confusion_matrix_is_a_table_to_be_read()
    {
        ConfusionMatrix matrix = new(["cat", "dog"]);
        for (int i = 0; i < 3; i++) matrix.Add(0, 0);
        matrix.Add(0, 1);
        matrix.Add(1, 1);
        Assert.Equal("""
            true \ predicted     cat     dog  recall
            cat                    3       1   75.0%
            dog                    0       1  100.0%
            precision         100.0%   50.0%   80.0%

            """.ReplaceLineEndings("\n"), matrix.ToString());
        matrix.Add(2, 0);
        Assert.Equal((3, 1, 3), (matrix.Classes, matrix[2, 0], matrix[0, 0]));
    }

    private static void Fill(Metric metric, GoldenFamily golden, string name, int chunk)
    {
        float[] scores = golden.Values(name, "in.scores");
        int[] truth = golden.Integers(name, "in.truth");
        int width = scores.Length / truth.Length;
        for (int start = 0; start < truth.Length; start += chunk)
        {
            int rows = Math.Min(chunk, truth.Length - start);
            metric.Add(new Predictions { Outputs = scores.AsSpan(start * width, rows * width), Width = width, Classes = truth.AsSpan(start, rows) });
        }
    }

    private static void Equal(double expected, double actual, string what, double tolerance = Tolerance)
        => Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R} here, {expected:R} golden");
}
