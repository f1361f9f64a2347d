using System.Reflection;
using Inkling.Nn;

namespace Inkling.Playground.Tests;

/// <summary>What decides training beyond optimizer and rate.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void Every_optimizer_schedule_and_initializer_of_the_library_can_be_chosen()
    {
        Type[] types = typeof(Optimizer).Assembly.GetExportedTypes();
        Assert.Equal(Names(types.Where(type => type.IsSubclassOf(typeof(Optimizer)))), Names(PlaygroundChoices.Optimizers.Select(name => PlaygroundChoices.CreateOptimizer(new PlaygroundNetwork(new PlaygroundSetup()).Parameters, new PlaygroundSetup { Optimizer = name }).GetType())));
        Assert.Equal(Names(types.Where(type => type.IsAssignableTo(typeof(ISchedule)) && !type.IsInterface && type != typeof(WarmupSchedule))), Names(PlaygroundSchedules.Names.Select(name => PlaygroundSchedules.Create(new PlaygroundSetup { Schedule = name }, 10)).Select(one => (one as PlaygroundSchedules.Peaked)?.Inner ?? one).Select(one => one.GetType())));
        IEnumerable<string> methods = typeof(Initializer).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name.ToUpperInvariant()).Distinct();
        Assert.Equal(methods.Order(), PlaygroundChoices.Initializers.Select(name => name.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()).Order());

        static IEnumerable<string> Names(IEnumerable<Type> types) => types.Select(type => type.Name).Distinct().Order();
    }

    [Fact]
    public void After_a_warm_up_the_rate_of_the_Transformer_is_at_most_the_base_rate()
    {
        ISchedule schedule = PlaygroundSchedules.Create(new PlaygroundSetup { Schedule = "noam", WarmupEpochs = 5 }, 25);
        Assert.All(Enumerable.Range(0, 5000), step => Assert.InRange(schedule.FactorAt(step), 0, 1.0001));
    }

    [Fact]
    public void Every_choice_trains_and_differs()
    {
        PlaygroundSetup plain = new() { Dataset = "gauss", Hidden = [4], Optimizer = "adamw" };
        float[] usual = After(plain);
        foreach (PlaygroundSetup setup in (PlaygroundSetup[])
        [
            plain with { Schedule = "step", ScheduleEpochs = 1 }, plain with { Schedule = "cosine", ScheduleEpochs = 2 }, plain with { Schedule = "one-cycle" }, plain with { Schedule = "noam" }, plain with { WarmupEpochs = 3 },
            plain with { Clip = "value", ClipAt = 0.0001 }, plain with { BatchNorm = true }, plain with { LayerActivations = ["relu"] }, plain with { LayerDropout = [50] }, plain with { Momentum = 0.1 }, plain with { WeightDecay = 5 },
            plain with { OutputActivation = "sigmoid" }, .. PlaygroundChoices.Initializers.Where(name => name is not ("glorot" or "xavier-uniform" or "identity" or "lecun-uniform")).Select(name => plain with { Initializer = name }),
        ]) Assert.False(usual.SequenceEqual(After(setup)), setup.ToString());

        static float[] After(PlaygroundSetup setup)
        {
            using PlaygroundRun run = new(setup);
            for (int i = 0; i < 60; i++) Assert.True(run.Train(), setup.ToString());
            return run.Network.WeightsInOrder();
        }
    }

    [Fact]
    public void The_rate_follows_its_schedule()
    {
        PlaygroundSetup setup = new() { LearningRate = 0.1, Schedule = "step", ScheduleEpochs = 2, ScheduleFactor = 0.5, BatchSize = 25 }; // ten steps an epoch
        using PlaygroundRun run = new(setup), noam = new(setup with { Schedule = "noam" });
        for (int i = 0; i < 19; i++) run.Train();
        Assert.Equal(0.1, run.LearningRate, 1e-9);
        run.Train();
        Assert.Equal(0.05, run.LearningRate, 1e-9);
        for (int i = 0; i < 19; i++) noam.Train();
        Assert.Equal(0.1, noam.LearningRate, 1e-9); // its top
    }

    [Fact]
    public void Training_stops_early_and_the_best_weights_are_back()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Noise = 50, TrainShare = 10, Hidden = [8, 8], Optimizer = "adam", LearningRate = 0.03, Patience = 20 });
        Dictionary<double, (float Loss, float[] Weights)> seen = [];
        while (run.Step < 20_000 && run.Train())
        {
            if (run.Step % run.StepsPerEpoch == 0 && !run.Stopped) seen[run.Epoch] = (run.Losses().Test, run.Network.WeightsInOrder());
        }

        Assert.True(run.Stopped);
        Assert.Null(run.DivergedAt);
        Assert.Equal(run.Epoch - 20, run.BestEpoch!.Value);
        Assert.Equal(seen.Values.Min(one => one.Loss), run.Losses().Test);
        Assert.Equal(seen[run.BestEpoch.Value].Weights, run.Network.WeightsInOrder());
        run.Continue();
        Assert.True(run.Train());
    }

    [Fact]
    public void Lbfgs_takes_all_points_at_once_and_gets_far_in_few_steps()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Optimizer = "lbfgs", LearningRate = 1, Hidden = [6], Penalty = PenaltyKind.L2, PenaltyRate = 0.0001 });
        Assert.Equal(1, run.StepsPerEpoch);
        for (int i = 0; i < 60; i++) run.Train();
        Assert.InRange(run.Measure().TestAccuracy, 0.97f, 1);
    }

    [Fact]
    public void A_batch_of_one_can_be_normalised()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { BatchNorm = true, BatchSize = 1 });
        for (int i = 0; i < 300; i++) Assert.True(run.Train());
    }

    [Theory]
    [InlineData("gate-and", true)]
    [InlineData("gate-or", true)]
    [InlineData("gate-nand", true)]
    [InlineData("gate-xor", false)]
    public void The_perceptron_learns_a_gate_by_Rosenblatts_rule_if_a_line_divides_it(string gate, bool learns)
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = gate, Hidden = [], OutputActivation = "step", StartsAtZero = true, LearningRate = 1, BatchSize = 1 });
        for (int i = 0; i < 200; i++) run.Train();
        float accuracy = run.Measure().TestAccuracy;
        if (learns) Assert.Equal((1, 0), (accuracy, run.Losses().Test));
        else Assert.InRange(accuracy, 0, 0.75f);
        Assert.All(run.Network.WeightsInOrder(), weight => Assert.Equal(MathF.Round(weight), weight)); // the rule adds and subtracts inputs
    }

    [Fact]
    public void The_weights_of_the_lecture_do_exclusive_or_exactly()
    {
        float[] weights = [.. ThresholdNetwork.Xor.Layers.SelectMany(layer => layer).SelectMany(neuron => (float[])[.. neuron.Weights, neuron.Bias])];
        PlaygroundSetup setup = SetupText.Parse($"dataset=gate-xor&networkShape=2&activation=step&outputActivation=step&weights={string.Join(',', weights.Select(weight => weight.ToString(System.Globalization.CultureInfo.InvariantCulture)))}").Setup;
        using PlaygroundRun run = new(setup);
        Assert.Equal(weights, run.Network.WeightsInOrder());
        Assert.Equal((0, 1), (run.Losses().Test, run.Measure().TestAccuracy));
        NetworkMaps maps = new(run);
        maps.Update();
        ReadOnlySpan<byte> output = maps.Bytes.Span[^(96 * 96)..];
        Assert.Equal([255, 0, 0, 255], [output[(16 * 96) + 48], output[(16 * 96) + 80], output[(48 * 96) + 48], output[(48 * 96) + 80]]); // (0, 1), (1, 1), (0, 0), (1, 0)
    }

    [Fact]
    public void The_rate_that_holds_is_found_whatever_else_is_set()
    {
        PlaygroundSetup wild = new() { Problem = ProblemKind.Regression, Activation = "linear", Hidden = [8, 8], Inputs = ["x", "y", "xSquared", "ySquared"], LearningRate = 30, Schedule = "cosine", WarmupEpochs = 1, Patience = 2 };
        using PlaygroundRun run = new(wild);
        for (int i = 0; i < 5000 && run.Train(); i++)
        {
        }

        Assert.NotNull(run.DivergedAt);
        Assert.InRange(RateSearch.Find(wild, run.DivergedAt.Value)!.Value, 1e-6, 1);
    }
}
