using System.Collections.Immutable;

namespace Inkling.Tuning.Tests;

public sealed class AnalysisTests
{
    private static double Volume(double[][] points, double[] reference)
        => Hypervolume.Of(points.Select(point => point.ToImmutableArray()), [.. reference], [.. reference.Select(_ => Direction.Minimize)]);

    [Fact]
    public void Hypervolumes_of_small_fronts()
    {
        Assert.Equal(0, Volume([], [1, 1]));
        Assert.Equal(0, Volume([[1, 0.5]], [1, 1]));
        Assert.Equal(6, Volume([[1, 3], [2, 2], [3, 1]], [4, 4]));
        Assert.Equal(6, Volume([[1, 3], [2, 2], [3, 1], [3, 3], [2, 2]], [4, 4]));
        Assert.Equal(4, Volume([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [2, 2, 2]));
        Assert.Equal(6, Hypervolume.Of([[3, 3], [2, 2], [1, 1]], [0, 4], [Direction.Maximize, Direction.Minimize]), 12);
        Assert.Throws<ArgumentException>(() => Volume([[1, 2, 3]], [1, 2]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_hypervolume_is_the_share_of_dominated_random_points(int dimensions)
    {
        var random = new RandomSource(1);
        double[] Point() => [.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble())];
        double[][] points = [.. Enumerable.Range(0, 8).Select(_ => Point())];
        int hits = Enumerable.Range(0, 40_000).Count(_ =>
        {
            double[] at = Point();
            return Array.Exists(points, point => !point.Where((value, i) => value > at[i]).Any());
        });
        Assert.InRange(Volume(points, [.. Enumerable.Repeat(1.0, dimensions)]), hits / 40_000.0 - 0.0125, hits / 40_000.0 + 0.0125);   // five deviations
    }

    [Fact]
    public void The_variance_of_a_tree_is_divided_exactly()
    {
        // 0 and 1 left of 1/2 in the first dimension (cut at 1/4 of the second), 4 to the right: means 0.75 and 4 of the first, marginals by hand.
        double[][] points = [[0.2, 0.1], [0.2, 0.4], [0.8, 0.1], [0.8, 0.4]];
        var tree = new RegressionTree(points, [0, 1, 4, 4], [true, true], null);
        double[] shares = Importance.Shares(tree, [true, true], [0, 0]);
        double variance = 0.125 * Math.Pow(0 - 2.375, 2) + 0.375 * Math.Pow(1 - 2.375, 2) + 0.5 * Math.Pow(4 - 2.375, 2);
        Assert.Equal(1.625 * 1.625 / variance, shares[0], 10);
        Assert.Equal((0.25 * Math.Pow(2 - 2.375, 2) + 0.75 * Math.Pow(2.5 - 2.375, 2)) / variance, shares[1], 10);
    }

    [Fact]
    public void Importance_follows_the_variance_each_parameter_causes()
    {
        using Study study = Study.InMemory(seed: 1, options: new StudyOptions { Sampler = new RandomSampler() });
        study.Optimize(trial => 4 * trial.Float("x", 0, 1) + 2 * trial.Float("y", 0, 1) + 0 * trial.Float("z", 0, 1) + (trial.Categorical("c", "a", "b") == "a" ? 0 : 1), 300);
        Dictionary<string, double> shares = Importance.Of(study.Trials).ToDictionary();
        double total = 16.0 / 12 + 4.0 / 12 + 0.25;   // variances of the terms
        Assert.InRange(shares["x"], 16.0 / 12 / total - 0.08, 16.0 / 12 / total + 0.08);
        Assert.InRange(shares["y"], 4.0 / 12 / total - 0.06, 4.0 / 12 / total + 0.06);
        Assert.InRange(shares["c"], 0.25 / total - 0.06, 0.25 / total + 0.06);
        Assert.True(shares["z"] < 0.02);
        Assert.Equal(1, shares.Values.Sum(), 12);
        Assert.Equal(Importance.Of(study.Trials), Importance.Of(study.Trials));
        Assert.Empty(Importance.Of([]));
        Assert.Empty(Importance.Of(study.Trials.Take(1)));
    }
}
