using Inkling.Nn;

namespace Inkling.Training.Tests.Fitting;

/// <summary>The learning rate finder.</summary>
public sealed class LearningRateFinderTests
{
    [Fact]
    public void It_finds_a_rate_that_learns_and_puts_everything_back()
    {
        Sequential model = Blobs.Model();
        AdamW adam = new(model.Parameters) { LearningRate = 0.003f };
        using ModuleTask task = new(model, batch => model.Forward(batch.Numbers(0)), BatchLosses.CrossEntropy, Blobs.Loader(300, 1));
        for (int step = 0; step < 3; step++)
        {
            task.Step(step);
            adam.Step();
        }

        float[] before = model.Parameters.Values.ToArray(), m = adam.State("m").ToArray();
        LearningRateTrial trial = new LearningRateFinder().Run(task, adam);
        Assert.Equal(before, model.Parameters.Values.ToArray());
        Assert.Equal(m, adam.State("m").ToArray());
        Assert.Equal((3L, 0.003f), (adam.Steps, adam.LearningRate));
        Assert.True(model.Parameters.GradientsConsumed);
        Assert.InRange(trial.Steepest, 1e-3, 1);
        Assert.InRange(trial.Safe, 1e-3, 1);
        Assert.InRange(trial.Points.Count, 50, 100);
        Assert.Equal(trial.Points.Select(point => point.Rate).Order(), trial.Points.Select(point => point.Rate));
        Assert.Contains("learning rate", trial.Draw(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_steepest_fall_is_where_the_loss_falls_most_for_a_factor_of_the_rate()
    {
        LearningRateTrial trial = new([(1e-4, 3), (1e-3, 2.9), (1e-2, 2), (1e-1, 1.5), (1, 1.4), (10, 9)]);
        Assert.Equal(1e-2, trial.Steepest);
        Assert.Equal(0.1, trial.Safe);
        Assert.True(double.IsNaN(new LearningRateTrial([]).Steepest));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Valley valley = new();
        Assert.Throws<ArgumentException>(() => new LearningRateFinder { Lowest = 1, Highest = 0.1 }.Run(valley, TrainerTests.Adam(valley)));
        Assert.Throws<ArgumentException>(() => new LearningRateFinder { Steps = 1 }.Run(valley, TrainerTests.Adam(valley)));
        using CancellationTokenSource cancel = new();
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new LearningRateFinder().Run(valley, TrainerTests.Adam(valley), cancel.Token));
    }
}
