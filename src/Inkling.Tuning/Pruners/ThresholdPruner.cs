namespace Inkling.Tuning;

/// <summary>Stops a trial that reports a value outside of bounds, or NaN.</summary>
public sealed class ThresholdPruner : IPruner
{
    private readonly double _low, _high;
    private readonly int _warmupSteps;

    /// <summary>Creates the pruner.</summary>
    /// <param name="low">The least value allowed; null for no bound.</param>
    /// <param name="high">The largest value allowed; null for no bound.</param>
    /// <param name="warmupSteps">Steps of each trial before it is stopped.</param>
    public ThresholdPruner(double? low = null, double? high = null, int warmupSteps = 0)
    {
        if (low is null && high is null) throw new ArgumentException("Pruner: there is no bound; give one.");
        if (double.IsNaN(low ?? 0) || double.IsNaN(high ?? 0) || low > high) throw new ArgumentException($"Pruner: nothing lies between {low} and {high}; exchange the bounds.");
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        (_low, _high, _warmupSteps) = (low ?? double.NegativeInfinity, high ?? double.PositiveInfinity, warmupSteps);
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PruningContext context) => context.Step >= _warmupSteps && !(context.Value >= _low && context.Value <= _high);
}
