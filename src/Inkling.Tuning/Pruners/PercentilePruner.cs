namespace Inkling.Tuning;

/// <summary>Stops a trial whose best value so far is worse than that of a share of the complete trials at the same step (*Golovin et al. 2017, Google Vizier, §3.2.1*).</summary>
public sealed class PercentilePruner : IPruner
{
    private readonly double _percentile;
    private readonly int _startupTrials, _warmupSteps, _interval, _least;

    /// <summary>Creates the pruner.</summary>
    /// <param name="percentile">The share of trials, in percent from 0 to 100, that is kept: 25 keeps the best quarter.</param>
    /// <param name="startupTrials">Complete trials before anything is stopped.</param>
    /// <param name="warmupSteps">Steps of each trial before it is stopped.</param>
    /// <param name="interval">It is asked only every so many steps after those; at least 1.</param>
    /// <param name="least">Complete trials that must have reported by the step; at least 1.</param>
    public PercentilePruner(double percentile, int startupTrials = 5, int warmupSteps = 0, int interval = 1, int least = 1)
    {
        if (!(percentile is >= 0 and <= 100)) throw new ArgumentOutOfRangeException(nameof(percentile), percentile, "Pruner: a percentile is from 0 to 100.");
        ArgumentOutOfRangeException.ThrowIfNegative(startupTrials);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        (_percentile, _startupTrials, _warmupSteps, _interval, _least) = (percentile, startupTrials, warmupSteps, interval, least);
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PruningContext context)
    {
        int step = context.Step;
        if (step < _warmupSteps || !StepRace.IsFirstOfInterval(context.Trial, step, _warmupSteps, _interval)) return false;
        TrialRecord[] complete = [.. context.History.Trials.Where(trial => trial.State == TrialState.Complete)];
        if (complete.Length < Math.Max(1, _startupTrials)) return false;
        double[] values = [.. complete.Select(trial => trial.Intermediate.GetValueOrDefault(step, double.NaN)).Where(value => !double.IsNaN(value)).Order()];
        if (values.Length < _least) return false;
        if (context.Direction == Direction.Maximize) Array.Reverse(values);
        double own = ReportedValues.Best(context, context.Trial, step);
        return double.IsNaN(own) || context.IsBetter(ReportedValues.Percentile(values, _percentile / 100), own);
    }
}
