namespace Inkling.Playground.Tests;

/// <summary>Training.</summary>
public sealed class RunTests
{
    [Fact]
    public void The_spiral_is_learnt()
    {
        using PlaygroundRun run = new(Setups.Spiral);
        while (run.Epoch < 400 && run.Train())
        {
        }

        Assert.InRange(run.Losses().Test, 0, 0.05f);
    }

    [Fact]
    public void One_neuron_cannot_do_exclusive_or_and_a_hidden_layer_can()
    {
        using PlaygroundRun alone = new(new PlaygroundSetup { Dataset = "xor", Hidden = [] }), hidden = new(new PlaygroundSetup { Dataset = "xor", Hidden = [4], LearningRate = 0.1 });
        for (int i = 0; i < 5000; i++)
        {
            alone.Train();
            hidden.Train();
        }

        Assert.InRange(alone.Losses().Test, 0.3f, 1);
        Assert.InRange(hidden.Losses().Test, 0, 0.2f);
    }

    [Theory]
    [InlineData("arms", 3)]
    [InlineData("blobs", 5)]
    [InlineData("blobs", 8)]
    public void Classes_are_learnt(string name, int classes)
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = name, Classes = classes, Hidden = [8, 8], Optimizer = "adam", LearningRate = 0.01 });
        float atFirst = run.Losses().Test;
        while (run.Epoch < 150 && run.Train())
        {
        }

        RunMeasures measures = run.Measure();
        Assert.Equal(classes, run.Network.Widths[^1]);
        Assert.InRange(measures.TestAccuracy, 0.93f, 1);
        Assert.InRange(measures.TestLoss, 0, 0.3f * atFirst);
    }

    [Fact]
    public void Accuracy_is_the_share_of_points_on_their_side()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = "gauss", Hidden = [] }), number = new(new PlaygroundSetup { Problem = ProblemKind.Regression });
        run.Network.Layers[0].Weight.Values.Fill(1);
        RunMeasures right = run.Measure();
        run.Network.Layers[0].Weight.Values.Fill(-1);
        RunMeasures wrong = run.Measure();
        Assert.InRange(right.TestAccuracy, 0.99f, 1);
        Assert.Equal(1 - right.TrainingAccuracy, wrong.TrainingAccuracy, 1e-6f);
        Assert.Null(PlaygroundFrame.Of(number).TestAccuracy);
        Assert.NotNull(PlaygroundFrame.Of(run).TestAccuracy);
    }

    [Fact]
    public void A_run_repeats_bit_for_bit_and_looking_at_it_changes_nothing()
    {
        PlaygroundSetup setup = Setups.Spiral with { Dropout = 20, Noise = 10 };
        using PlaygroundRun one = new(setup), other = new(setup);
        NetworkMaps maps = new(other);
        for (int i = 0; i < 300; i++)
        {
            one.Train();
            other.Train();
            if (i % 7 != 0) continue;
            maps.Update();
            other.Losses();
        }

        Assert.Equal(one.Network.Parameters.Values.ToArray(), other.Network.Parameters.Values.ToArray());
        using PlaygroundRun another = new(setup with { Seed = "2" });
        for (int i = 0; i < 300; i++) another.Train();
        Assert.NotEqual(one.Network.Parameters.Values.ToArray(), another.Network.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData("spiral")]
    [InlineData("arms")]
    public void Steps_and_maps_allocate_nothing(string name)
    {
        using PlaygroundRun run = new(Setups.Spiral with { Dataset = name, BatchSize = 7 }); // 250 is no multiple of it
        NetworkMaps maps = new(run);
        Allocation.AssertNone(Work);

        void Work()
        {
            for (int i = 0; i < 100; i++) run.Train();
            maps.Update();
            run.Losses();
        }
    }

    [Fact]
    public void A_run_that_diverges_stops_and_a_rate_that_holds_is_found()
    {
        PlaygroundSetup wild = new() { Problem = ProblemKind.Regression, Activation = "linear", Hidden = [8, 8], Inputs = ["x", "y", "xSquared", "ySquared"], LearningRate = 10 };
        using PlaygroundRun run = new(wild);
        for (int i = 0; i < 5000; i++) run.Train();

        Assert.InRange(run.DivergedAt!.Value, 0, 200);
        Assert.False(run.Train());
        double rate = RateSearch.Find(wild, run.DivergedAt.Value)!.Value;
        Assert.InRange(rate, 0.00001, 1);
        using PlaygroundRun tame = new(wild with { LearningRate = rate });
        for (int i = 0; i < 200; i++) Assert.True(tame.Train());
        Assert.Throws<OperationCanceledException>(() => RateSearch.Find(wild, 10, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_learning_rate_can_change_on_the_way_and_the_network_cannot()
    {
        using PlaygroundRun run = new(new PlaygroundSetup());
        run.Train();
        float[] before = run.Network.Parameters.Values.ToArray();
        run.Change(run.Setup with { LearningRate = 1e-6, PenaltyRate = 0.1 });
        run.Train();
        Assert.All(before.Zip(run.Network.Parameters.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Throws<ArgumentException>(() => run.Change(run.Setup with { Hidden = [3] }));
    }

    [Fact]
    public void Weights_that_begin_at_0_stay_alike()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { StartsAtZero = true, Hidden = [3], Dataset = "gauss" });
        for (int i = 0; i < 100; i++) run.Train();
        ReadOnlySpan<float> weights = run.Network.Layers[0].Weight.Values;
        Assert.Equal(weights[..2].ToArray(), weights[2..4].ToArray());
    }

    [Fact]
    public void Every_choice_trains()
    {
        foreach (string activation in PlaygroundChoices.Activations) Check(new PlaygroundSetup { Activation = activation });
        foreach (string optimizer in PlaygroundChoices.Optimizers) Check(new PlaygroundSetup { Optimizer = optimizer, LearningRate = 0.001 });
        foreach (LossKind loss in Enum.GetValues<LossKind>()) Check(new PlaygroundSetup { Loss = loss });
        foreach (PenaltyKind penalty in Enum.GetValues<PenaltyKind>()) Check(new PlaygroundSetup { Penalty = penalty, PenaltyRate = 0.01 });

        static void Check(PlaygroundSetup setup)
        {
            using PlaygroundRun run = new(setup);
            float[] before = run.Network.Parameters.Values.ToArray();
            for (int i = 0; i < 20; i++) Assert.True(run.Train(), setup.ToString());
            Assert.NotEqual(before, run.Network.Parameters.Values.ToArray());
        }
    }
}
