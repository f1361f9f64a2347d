namespace Inkling.Tuning;

/// <summary>Lets a trial be stopped only when it has not got better for some reports: by another pruner then, or at once if there is none.</summary>
public sealed class PatientPruner : IPruner
{
    private readonly IPruner? _inner;
    private readonly int _patience;
    private readonly double _tolerance;

    /// <summary>Creates the pruner.</summary>
    /// <param name="inner">Who decides about trials that do not get better; null to stop them all.</param>
    /// <param name="patience">Reports without progress to wait for; at least 0.</param>
    /// <param name="tolerance">Progress that does not count; at least 0.</param>
    public PatientPruner(IPruner? inner, int patience, double tolerance = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        if (!(tolerance >= 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "Pruner: a tolerance is at least 0.");
        (_inner, _patience, _tolerance) = (inner, patience, tolerance);
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PruningContext context)
    {
        double[] values = [.. context.Trial.Intermediate.Values];
        int before = values.Length - _patience - 1;
        if (before < 1) return false;
        double best = BestOf(context, values.AsSpan(0, before)), late = BestOf(context, values.AsSpan(before));
        double least = context.Direction == Direction.Minimize ? best - _tolerance : best + _tolerance;
        bool better = context.IsBetter(late, least);
        return !better && (_inner is null || _inner.ShouldPrune(context with { Passed = -1 }));
    }

    private static double BestOf(PruningContext context, ReadOnlySpan<double> values)
    {
        double best = double.NaN;
        foreach (double value in values)
        {
            if (context.IsBetter(value, best)) best = value;
        }

        return best;
    }
}
