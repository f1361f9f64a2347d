using System.Globalization;

namespace Inkling.Playground.Tests.Insight;

/// <summary>Trying values of two fields.</summary>
public sealed class SweepTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);
    private static readonly SweepAxis s_rates = new("learningRate", ["0.001", "0.01", "0.1"]), s_batches = new("batchSize", ["5", "30"]);

    [Fact]
    public void A_grid_tries_every_pair_and_finds_what_a_run_alone_finds()
    {
        PlaygroundSetup setup = new() { Dataset = "gauss", Hidden = [2] };
        using Sweep sweep = new(setup, s_rates, s_batches, epochs: 5, random: 0, seed: 1);
        double before = -1;
        while (sweep.Work(Slice))
        {
            Assert.InRange(sweep.Progress, before, 1);
            before = sweep.Progress;
        }

        Assert.Equal((6, 1.0), (sweep.Done, sweep.Progress));
        Assert.Equal([("0.001", "5"), ("0.01", "5"), ("0.1", "5"), ("0.001", "30"), ("0.01", "30"), ("0.1", "30")], sweep.Trials.Select(trial => (trial.First, trial.Second)));
        Assert.Equal([(0, 0), (0.5, 0), (1, 0), (0, 1), (0.5, 1), (1, 1)], sweep.Trials.Select(trial => (trial.X, trial.Y)));
        foreach (SweepTrial trial in sweep.Trials)
        {
            using PlaygroundRun alone = new(setup with { LearningRate = double.Parse(trial.First, CultureInfo.InvariantCulture), BatchSize = int.Parse(trial.Second, CultureInfo.InvariantCulture) });
            for (int i = 0; i < 5 * alone.StepsPerEpoch; i++) alone.Train();
            Assert.Equal(alone.Losses().Test, trial.TestLoss);
        }

        Assert.Equal(sweep.Trials.Min(trial => trial.TestLoss), sweep.Trials[sweep.Best!.Value].TestLoss);
    }

    [Fact]
    public void A_random_search_draws_from_the_range_and_repeats()
    {
        PlaygroundSetup setup = new() { Hidden = [1], TrainShare = 10 };
        using Sweep one = new(setup, s_rates, new SweepAxis("dropout", ["0", "50"]), 1, random: 60, seed: 7), other = new(setup, s_rates, new SweepAxis("dropout", ["0", "50"]), 1, 60, seed: 7);
        Assert.Equal(one.Trials.Select(trial => (trial.First, trial.Second)), other.Trials.Select(trial => (trial.First, trial.Second)));
        double[] rates = [.. one.Trials.Select(trial => double.Parse(trial.First, CultureInfo.InvariantCulture))];
        Assert.All(rates, rate => Assert.InRange(rate, 0.001, 0.1));
        Assert.InRange(rates.Count(rate => rate < 0.01), 15, 45); // half of them, by the logarithm
        Assert.InRange(rates.Distinct().Count(), 40, 60);
        Assert.All(one.Trials, trial => Assert.InRange(trial.X, 0, 1));
        Assert.All(one.Trials, trial => Assert.NotNull(TunedFields.With(TunedFields.With(setup, "learningRate", trial.First)!, "dropout", trial.Second)));
        using Sweep lists = new(setup, new SweepAxis("optimizer", ["sgd", "adam", "lion"]), new SweepAxis("networkShape", ["", "2", "4,4"]), 1, 40, 3);
        Assert.Equal(9, lists.Trials.Select(trial => (trial.First, trial.Second)).Distinct().Count());
    }

    [Fact]
    public void A_trial_that_diverges_is_marked_and_the_others_go_on()
    {
        PlaygroundSetup setup = new() { Problem = ProblemKind.Regression, Activation = "linear", Hidden = [8, 8], Inputs = ["x", "y", "xSquared", "ySquared"] };
        using Sweep sweep = new(setup, new SweepAxis("learningRate", ["10", "0.0001"]), s_batches, 5, 0, 1);
        while (sweep.Work(Slice))
        {
        }

        Assert.NotNull(sweep.Trials[0].DivergedAt);
        Assert.False(float.IsFinite(sweep.Trials[0].TestLoss));
        Assert.Equal("0.0001", sweep.Trials[sweep.Best!.Value].First);
    }

    [Theory]
    [InlineData("learningRate", "0.1,1", "learningRate", "0.1,1", 10, 0, "are the same")]
    [InlineData("learningRate", "0.1", "batchSize", "1,2", 10, 0, "1 values of learningRate")]
    [InlineData("learningRate", "0.1,x", "batchSize", "1,2", 10, 0, "cannot be 'x'")]
    [InlineData("learningRate", "0.1,0.1", "batchSize", "1,2", 10, 0, "named twice")]
    [InlineData("regularizationRate", "0,0.1", "batchSize", "1,2", 10, 0, "must be above 0")]
    [InlineData("dataset", "circle,xor", "batchSize", "1,2", 10, 0, "No field that can be tried")]
    [InlineData("learningRate", "0.1,1", "batchSize", "1,2", 0, 0, "0 epochs")]
    [InlineData("learningRate", "0.1,1", "batchSize", "1,2", 10, 101, "101 trials")]
    [InlineData("learningRate", "1,2,3,4,5,6,7,8,9,10,11", "batchSize", "1,2,3,4,5,6,7,8,9,10", 10, 0, "are 110 trials")]
    public void What_cannot_be_tried_is_said(string first, string firstValues, string second, string secondValues, int epochs, int random, string says)
    {
        SweepAxis one = new(first, firstValues.Split(',')), two = new(second, secondValues.Split(','));
        Assert.Contains(says, Sweep.Refuses(new PlaygroundSetup(), one, two, epochs, random), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Sweep(new PlaygroundSetup(), one, two, epochs, random, 1));
    }
}
