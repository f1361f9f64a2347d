using Inkling.Nn;
using Inkling.Training.Logs;

namespace Inkling.Training;

/// <summary>
/// Finds a learning rate by trying: it rises from tiny to huge over one short run while the loss is watched (Smith 2017, <em>Cyclical learning rates
/// for training neural networks</em>, §3.3). Parameters and optimizer are afterwards what they were before.
/// </summary>
public sealed record LearningRateFinder
{
    /// <summary>The first rate, more than 0. Default: 1e-6.</summary>
    public double Lowest { get; init; } = 1e-6;

    /// <summary>The last rate. Default: 10.</summary>
    public double Highest { get; init; } = 10;

    /// <summary>Steps from the first to the last, at least 2. Default: 100.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>The trial ends when the smoothed loss is this many times its lowest. Default: 4.</summary>
    public double Tolerance { get; init; } = 4;

    /// <summary>How much of the smoothed loss is kept from step to step, 0 … less than 1. Default: 0.9.</summary>
    public double Smoothing { get; init; } = 0.9;

    /// <summary>Runs the trial.</summary>
    /// <param name="task">What is trained; its first <see cref="Steps"/> batches are used.</param>
    /// <param name="optimizer">Updates its parameters.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>; everything is put back all the same.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LearningRateTrial Run(ITrainable task, Optimizer optimizer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!(Lowest > 0 && Highest > Lowest) || Steps < 2 || !(Smoothing >= 0 && Smoothing < 1) || !(Tolerance > 1))
        {
            throw new ArgumentException(
                $"LearningRateFinder: rates {Lowest} to {Highest} in {Steps} steps, smoothing {Smoothing}, tolerance {Tolerance}: "
                + "rates must rise from more than 0 in at least 2 steps, smoothing be in [0, 1), tolerance more than 1.");
        }

        float[] parameters = task.Parameters.Values.ToArray();
        (string Name, float[] Values)[] state = [.. optimizer.StateNames.Select(name => (name, optimizer.State(name).ToArray()))];
        (long steps, float rate) = (optimizer.Steps, optimizer.LearningRate);
        try
        {
            return new LearningRateTrial(Try(task, optimizer, cancellation));
        }
        finally
        {
            parameters.CopyTo(task.Parameters.Values);
            foreach ((string name, float[] values) in state) values.CopyTo(optimizer.State(name));
            (optimizer.Steps, optimizer.LearningRate) = (steps, rate);
            task.Parameters.ConsumeGradients();
        }
    }

    private List<(double Rate, double Loss)> Try(ITrainable task, Optimizer optimizer, CancellationToken cancellation)
    {
        List<(double, double)> points = [];
        double mean = 0, lowest = double.PositiveInfinity;
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double rate = Lowest * Math.Pow(Highest / Lowest, step / (Steps - 1.0)), loss = task.Step(step).Loss;
            mean = (Smoothing * mean) + ((1 - Smoothing) * loss);
            double smoothed = mean / (1 - Math.Pow(Smoothing, step + 1));
            if (!double.IsFinite(smoothed)) break;
            // The loss of a step is that of the rates before it: the point belongs to the rate it was reached by.
            points.Add((rate, smoothed));
            lowest = Math.Min(lowest, smoothed);
            if (smoothed > Tolerance * lowest) break;
            optimizer.LearningRate = (float)rate;
            optimizer.Step();
        }

        return points;
    }
}
