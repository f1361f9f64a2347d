using Inkling.Nn;

namespace Inkling.Training.Tests;

/// <summary>The loop: how long, how fast, when it looks up, and why it ends.</summary>
public sealed class TrainerTests
{
    [Fact]
    public void A_run_takes_its_passes_and_learns()
    {
        Valley valley = new();
        Trainer trainer = new(valley, Adam(valley), new TrainerOptions { Epochs = 30, LearningRate = 0.2, WarmupSteps = 5 });
        Assert.Equal(StopReason.Finished, trainer.Run());
        Assert.Equal((300L, 300L, 30.0), (trainer.Step, trainer.TotalSteps, trainer.Epoch));
        Assert.Equal(300, trainer.BestStep);
        Assert.True(trainer.Best!.Loss < 1, $"distance {trainer.Best.Loss}");
        for (int i = 0; i < 8; i++) Assert.Equal(i, valley.Parameters.Values[i], 0.2f);
    }

    [Fact]
    public void Part_of_a_pass_is_rounded_up_to_steps()
    {
        Valley valley = new();
        Trainer trainer = new(valley, Adam(valley), new TrainerOptions { Epochs = 0.25 });
        trainer.Run();
        Assert.Equal(3, trainer.Step);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(-1.0)]
    public void Epochs_must_be_more_than_none(double epochs)
    {
        Valley valley = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Trainer(valley, Adam(valley), new TrainerOptions { Epochs = epochs }));
        Assert.Contains("more than 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Warm_up_rises_and_the_cosine_falls_to_its_floor()
    {
        List<float> rates = Rates(new TrainerOptions { Epochs = 10, LearningRate = 1, WarmupSteps = 10 });
        for (int step = 1; step < 10; step++) Assert.True(rates[step] > rates[step - 1]);
        for (int step = 11; step < 100; step++) Assert.True(rates[step] < rates[step - 1]);
        Assert.Equal(0.1f, rates[0], 0.001f);
        Assert.InRange(rates[99], 0.01f, 0.012f);
    }

    [Fact]
    public void A_plateau_of_the_validation_lowers_the_rate()
    {
        PlateauSchedule plateau = new() { Patience = 2, Decay = 0.5 };
        List<float> rates = Rates(
            new TrainerOptions { Epochs = 4, LearningRate = 1, WarmupSteps = 1, Schedule = plateau, ValidateEvery = 10 },
            validation => validation == 0 ? 1.0 : 2.0);
        Assert.Equal(1, rates[29]);   // validated at 10 (best), 20 and 30: the second one without progress is seen after step 30
        Assert.Equal(0.5f, rates[30]);
        Assert.Equal(0.5f, rates[39]);
    }

    [Fact]
    public void A_time_limit_ends_the_run_and_takes_the_rate_along()
    {
        Valley valley = new() { During = _ => Thread.Sleep(1) };
        Adam adam = Adam(valley);
        Trainer trainer = new(valley, adam, new TrainerOptions { Epochs = 100_000, Duration = TimeSpan.FromMilliseconds(150), LearningRate = 1 });
        Assert.Equal(StopReason.TimeUp, trainer.Run());
        Assert.InRange(trainer.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(20));
        Assert.InRange(trainer.Step, 1, 150);
        Assert.InRange(adam.LearningRate, 0, 0.5f); // the last step lay near the end of the schedule although few steps were done
        Assert.NotNull(trainer.Best);
    }

    [Fact]
    public void Validation_comes_every_so_many_steps_and_at_the_end_once()
    {
        List<long> at = [];
        Valley valley = new() { Script = _ => 1 };
        Seen seen = new() { Validated = (trainer, _) => at.Add(trainer.Step) };
        new Trainer(valley, Adam(valley), new TrainerOptions { Epochs = 2.5, ValidateEvery = 10 }, [seen]).Run();
        Assert.Equal([10, 20, 25], at);
        at.Clear();
        new Trainer(valley, Adam(valley), new TrainerOptions { Epochs = 2, ValidateEvery = 10 }, [seen]).Run();
        Assert.Equal([10, 20], at);
    }

    [Fact]
    public void The_best_parameters_are_put_back()
    {
        float[] kept = [];
        Valley valley = new() { Script = validation => validation == 1 ? 1.0 : 5.0 + validation };
        Seen seen = new() { Validated = (trainer, improved) => { if (improved) kept = trainer.Parameters.Values.ToArray(); } };
        Trainer trainer = new(valley, Adam(valley), new TrainerOptions { Epochs = 10, ValidateEvery = 10 }, [new EarlyStopping(int.MaxValue), seen]);
        Assert.Equal(StopReason.Finished, trainer.Run());
        Assert.Equal((20L, 1.0), (trainer.BestStep, trainer.Best!.Loss));
        Assert.Equal(kept, valley.Parameters.Values.ToArray());
    }

    [Fact]
    public void Patience_ends_the_run()
    {
        Valley valley = new() { Script = validation => validation == 1 ? 1.0 : 2.0 };
        Trainer trainer = new(valley, Adam(valley), new TrainerOptions { Epochs = 100, ValidateEvery = 10 }, [new EarlyStopping(patience: 3)]);
        Assert.Equal(StopReason.EarlyStopped, trainer.Run());
        Assert.Equal(50, trainer.Step); // the best after 20, then 30, 40 and 50 without progress
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_and_keeps_the_best()
    {
        Valley valley = new() { BreaksAt = 25 };
        Trainer trainer = new(valley, Adam(valley), new TrainerOptions { Epochs = 100, ValidateEvery = 10 }, [new EarlyStopping(5)]);
        Assert.Equal(StopReason.Diverged, trainer.Run());
        Assert.Equal((25L, 20L), (trainer.Step, trainer.BestStep));
        Assert.All(valley.Parameters.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Gradients_are_clipped()
    {
        Valley valley = new();
        Sgd sgd = new(valley.Parameters, learningRate: 1);
        new Trainer(valley, sgd, new TrainerOptions { Epochs = 0.1, LearningRate = 1, WarmupSteps = 1, ClipNorm = 0.5f, Schedule = new ConstantSchedule() }).Run();
        Assert.Equal(0.5, Math.Sqrt(valley.Parameters.Values.ToArray().Sum(v => (double)v * v)), 1e-5);
    }

    [Fact]
    public void A_step_allocates_nothing_after_the_first()
    {
        Allocation.AssertNone(() =>
        {
            long before = 0, after = 0;
            Valley valley = new()
            {
                During = step =>
                {
                    if (step == 5) before = GC.GetAllocatedBytesForCurrentThread();
                    if (step == 90) after = GC.GetAllocatedBytesForCurrentThread();
                },
            };
            new Trainer(valley, Adam(valley), new TrainerOptions { Epochs = 10, ReportInterval = TimeSpan.FromHours(1) }, [new EarlyStopping(5)]).Run();
            return after - before;
        });
    }

    internal static Adam Adam(Valley valley) => new(valley.Parameters) { Team = Numerics.Team.Single };

    private static List<float> Rates(TrainerOptions options, Func<int, double>? script = null)
    {
        List<float> rates = [];
        Valley valley = new() { Script = script };
        Adam adam = Adam(valley);
        new Trainer(valley, adam, options, [new Seen { Stepped = _ => rates.Add(adam.LearningRate) }]).Run();
        return rates;
    }
}
