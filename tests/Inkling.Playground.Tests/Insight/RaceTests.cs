namespace Inkling.Playground.Tests.Insight;

/// <summary>Runs side by side.</summary>
public sealed class RaceTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(2);

    [Fact]
    public void All_begin_on_one_start_and_the_same_race_ends_the_same()
    {
        PlaygroundSetup setup = new() { Dataset = "xor", Hidden = [4], LearningRate = 0.01 };
        using Race one = new(setup, "optimizer", ["sgd", "adam", "lion"], 40), other = new(setup, "optimizer", ["sgd", "adam", "lion"], 40);
        float[] first = one.Racers[0].Run.Network.Parameters.Values.ToArray();
        Assert.All(one.Racers, racer => Assert.Equal(first, racer.Run.Network.Parameters.Values.ToArray()));
        Assert.All(one.Racers, racer => Assert.Equal(one.Racers[0].Run.Points.Training, racer.Run.Points.Training));

        while (one.Work(Slice))
        {
        }

        while (other.Work(TimeSpan.FromSeconds(1)))
        {
        }

        Assert.Equal(40, one.Epoch);
        Assert.All(one.Racers, racer => Assert.Equal(40 * racer.Run.StepsPerEpoch, racer.Run.Step));
        Assert.Equal(one.Racers.Select(racer => racer.TestLoss), other.Racers.Select(racer => racer.TestLoss));
        Assert.Equal(one.Racers.Select(racer => racer.TestLoss).Order(), one.Ranking.ToArray().Select(at => one.Racers[at].TestLoss));

        // A racer is what the same run alone would be.
        using PlaygroundRun alone = new(setup with { Optimizer = "adam" });
        for (int i = 0; i < 40 * alone.StepsPerEpoch; i++) alone.Train();
        Assert.Equal(alone.Losses().Test, one.Racers[1].TestLoss);
    }

    [Fact]
    public void First_weights_race_on_the_same_points()
    {
        using Race race = new(new PlaygroundSetup(), "seed", ["1", "2"], 5);
        Assert.Equal(race.Racers[0].Run.Points.Training, race.Racers[1].Run.Points.Training);
        Assert.NotEqual(race.Racers[0].Run.Network.Parameters.Values.ToArray(), race.Racers[1].Run.Network.Parameters.Values.ToArray());
    }

    [Fact]
    public void One_that_diverges_is_last_and_the_others_go_on()
    {
        PlaygroundSetup setup = new() { Problem = ProblemKind.Regression, Activation = "linear", Hidden = [8, 8], Inputs = ["x", "y", "xSquared", "ySquared"] };
        using Race race = new(setup, "learningRate", ["10", "0.0001"], 20);
        while (race.Work(Slice))
        {
        }

        Assert.NotNull(race.Racers[0].Run.DivergedAt);
        Assert.False(float.IsFinite(race.Racers[0].TestLoss));
        Assert.Equal([1, 0], race.Ranking.ToArray());
        Assert.Equal(20, race.Epoch);
        using Race lost = new(setup, "learningRate", ["10"], 1000);
        while (lost.Work(Slice))
        {
        }

        Assert.True(lost.IsOver);
        Assert.InRange(lost.Epoch, 0, 100);
        Assert.False(float.IsFinite(lost.Racers[0].TestLoss));
    }

    [Fact]
    public void A_long_race_keeps_few_points_from_the_first_to_the_last()
    {
        using Race race = new(new PlaygroundSetup { Hidden = [], TrainShare = 10, BatchSize = 30 }, "optimizer", ["sgd", "adam"], 1000);
        while (race.Work(Slice))
        {
        }

        Assert.InRange(race.CurveEpochs.Length, Race.MostPoints / 2, Race.MostPoints);
        Assert.Equal((0, 1000), (race.CurveEpochs[0], race.CurveEpochs[^1]));
        Assert.Equal(race.CurveEpochs.ToArray().Order(), race.CurveEpochs.ToArray());
        Assert.All(race.Racers, racer => Assert.Equal(race.CurveEpochs.Length, racer.Curve.Length));
        Assert.InRange(race.Racers[0].Path.Moments.Count, 30, 60);
    }

    [Theory]
    [InlineData("optimizer", "sgd,nonsense", 10, "cannot be 'nonsense'")]
    [InlineData("optimizer", "", 10, "0 were named")]
    [InlineData("optimizer", "sgd,sgd", 10, "named twice")]
    [InlineData("learningRate", "1,2,3,4,5,6,7,8,9", 10, "9 were named")]
    [InlineData("networkShape", "4", 10, "Nothing that can be raced")]
    [InlineData(null, "4", 10, "Nothing that can be raced")]
    [InlineData("optimizer", "sgd", 0, "0 epochs")]
    [InlineData("optimizer", "sgd", 1_000_000, "1000000 epochs")]
    public void What_cannot_race_is_said(string? field, string values, int epochs, string says)
    {
        string[] named = values.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(says, Race.Refuses(new PlaygroundSetup(), field, named, epochs), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Race(new PlaygroundSetup(), field!, named, epochs));
    }

    [Fact]
    public void A_field_that_changes_nothing_is_neither_raced_nor_swept()
    {
        PlaygroundSetup setup = new() { Optimizer = "lbfgs" };
        Assert.Contains("L-BFGS", Race.Refuses(setup, "batchSize", ["1", "10"], 10), StringComparison.Ordinal);
        SweepAxis batches = new("batchSize", ["1", "10"]);
        Assert.Contains("L-BFGS", Sweep.Refuses(setup, batches, new SweepAxis("activation", ["tanh", "relu"]), 10, 0), StringComparison.Ordinal);
        Assert.Null(Sweep.Refuses(setup, batches, new SweepAxis("optimizer", ["sgd", "adam"]), 10, 0));
    }

    [Fact]
    public void Every_field_takes_its_values()
    {
        foreach (TunedField field in TunedFields.All)
        {
            Assert.All(field.Values, value => Assert.NotNull(TunedFields.With(new PlaygroundSetup(), field.Name, value)));
            Assert.Empty(field.Usual.Except(field.Values));
        }

        Assert.Equal(PenaltyKind.L2, TunedFields.With(new PlaygroundSetup(), "regularizationRate", "0.1")!.Penalty);
    }
}
