namespace Inkling.Playground.Tests.Insight;

/// <summary>Moments of a training, and going back to them.</summary>
public sealed class TrainingPathTests
{
    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("rprop")]
    [InlineData("rmsprop")]
    public void From_a_moment_training_goes_on_as_it_did_bit_for_bit(string optimizer)
    {
        PlaygroundSetup setup = Setups.Spiral with { Optimizer = optimizer, BatchSize = 7, Dropout = 10 };
        using PlaygroundRun run = new(setup);
        TrainingPath path = run.KeepPath();
        Train(run, 400);
        float[] there = run.Network.Parameters.Values.ToArray();
        path.KeepNow();
        PathMoment moment = path.Moments[path.IndexAt(150)];
        Assert.Equal(4 * run.StepsPerEpoch, moment.Step);

        run.GoTo(moment);
        Assert.Equal((moment.Step, moment.Epoch), (run.Step, run.Epoch));
        Assert.Equal(moment.Values.ToArray(), run.Network.Parameters.Values.ToArray());
        Assert.Equal((moment.TrainingLoss, moment.TestLoss), run.Losses());
        Assert.Equal(400, path.Moments[^1].Step); // what comes after is still there
        Train(run, (int)(400 - moment.Step));
        Assert.Equal(there, run.Network.Parameters.Values.ToArray());
        Assert.All(path.Moments, one => Assert.True(one.Step <= run.Step));
    }

    [Fact]
    public void A_rate_that_falls_on_plateaus_is_that_of_the_moment()
    {
        PlaygroundSetup setup = Setups.Spiral with { BatchSize = 7, LearningRate = 0.3, Schedule = "plateau", ScheduleEpochs = 2, ScheduleFactor = 0.5, WarmupEpochs = 1 };
        using PlaygroundRun run = new(setup);
        TrainingPath path = run.KeepPath();
        int steps = 60 * run.StepsPerEpoch;
        Train(run, steps);
        (float[] there, double rate) = (run.Network.Parameters.Values.ToArray(), run.LearningRate);
        PathMoment moment = path.Moments[10];
        run.GoTo(moment);
        Train(run, 1);
        Assert.True(run.LearningRate > rate, $"{run.LearningRate} is not above {rate}");
        Train(run, (int)(steps - moment.Step - 1));
        Assert.Equal(rate, run.LearningRate);
        Assert.Equal(there, run.Network.Parameters.Values.ToArray());
    }

    [Fact]
    public void Going_on_from_a_moment_forgets_what_came_after()
    {
        using PlaygroundRun run = new(new PlaygroundSetup());
        TrainingPath path = run.KeepPath();
        Train(run, 20 * run.StepsPerEpoch);
        run.GoTo(path.Moments[5]);
        Assert.Throws<InvalidOperationException>(path.KeepNow);
        run.Train();
        Assert.Equal(6, path.Moments.Count);
        path.KeepNow();
        Assert.Equal((5 * run.StepsPerEpoch) + 1, path.Moments[^1].Step);
    }

    [Fact]
    public void However_long_it_is_few_moments_are_kept_and_nothing_is_allocated()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Hidden = [2], BatchSize = 30, TrainShare = 20 });
        TrainingPath path = run.KeepPath(most: 20);
        Train(run, 3000);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 1000; i++) run.Train();
        });
        Assert.InRange(path.Moments.Count, 10, 20);
        Assert.Equal(0, path.Moments[0].Step);
        Assert.Equal(path.Moments.Select(moment => moment.Step).Order(), path.Moments.Select(moment => moment.Step));
        Assert.True(path.Moments[^1].Step > 0.85 * run.Step);
    }

    [Fact]
    public void A_moment_of_weights_alone_and_one_of_another_network_are_no_place_to_go_on()
    {
        using PlaygroundRun run = new(new PlaygroundSetup()), other = new(new PlaygroundSetup { Hidden = [8, 8, 8] });
        TrainingPath light = run.KeepPath(most: 10, resumable: false), foreign = other.KeepPath();
        Assert.Throws<ArgumentException>(() => run.GoTo(light.Moments[0]));
        Assert.Throws<ArgumentException>(() => run.GoTo(foreign.Moments[0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.KeepPath(most: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.KeepPath(most: 100_000));
    }

    private static void Train(PlaygroundRun run, int steps)
    {
        for (int i = 0; i < steps; i++) Assert.True(run.Train());
    }
}
