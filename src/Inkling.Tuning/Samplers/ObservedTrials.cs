using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>The complete trials of a history, and their values as numbers to be minimised that arithmetic survives.</summary>
internal static class ObservedTrials
{
    public static IReadOnlyList<TrialRecord> Complete(TrialHistory history) => [.. history.Trials.Where(trial => trial.State == TrialState.Complete)];

    /// <summary>The value of one objective, to be minimised.</summary>
    public static double[] Losses(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions, int objective)
        => [.. trials.Select(trial => directions[objective] == Direction.Minimize ? trial.Values[objective] : -trial.Values[objective])];

    /// <summary>Values with mean 0 and deviation 1, infinities moved to the furthest finite value. All 0 if they are all alike.</summary>
    /// <param name="values">Values; not NaN.</param>
    /// <param name="zero">Where 0 has come to lie, for constraints.</param>
    public static double[] Standardize(IReadOnlyList<double> values, out double zero)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.Length == 0 ? 0 : finite.Min(), high = finite.Length == 0 ? 0 : finite.Max();
        double unit = Math.Max(Math.Max(Math.Abs(low), Math.Abs(high)), double.Epsilon * 1e20);
        double[] scaled = [.. values.Select(value => Math.Clamp(value, low, high) / unit)];
        double mean = scaled.Sum() / scaled.Length, variance = scaled.Sum(value => (value - mean) * (value - mean)) / scaled.Length;
        double deviation = variance > 1e-28 ? Math.Sqrt(variance) : 1;
        zero = -mean / deviation;
        return [.. scaled.Select(value => (value - mean) / deviation)];
    }

    /// <summary>Violations of a constraint of which none is infinite, and each stays on its side of 0: an infinite one is as far as the furthest.</summary>
    /// <param name="violations">Violations; not NaN.</param>
    public static double[] FiniteViolations(IReadOnlyList<double> violations)
    {
        double furthest = violations.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double far = furthest > 0 ? furthest : 1;
        return [.. violations.Select(violation => double.IsFinite(violation) ? violation : Math.Sign(violation) * far)];
    }

    /// <summary>
    /// Losses of which none lies further above the median of the first ten than 20 times as far as their best lies below it: one that ran away says no more than that it is bad, and
    /// would make all others look alike. The first ones are taken because a search that closes in makes all later ones alike.
    /// </summary>
    public static double[] Bounded(double[] losses)
    {
        double[] first = [.. losses.Where(double.IsFinite).Take(10).Order()];
        if (first.Length < 3) return losses;
        double median = first[first.Length / 2], most = median + 20 * (median - first[0]);
        return median > first[0] ? [.. losses.Select(loss => Math.Min(loss, most))] : losses;
    }

    /// <summary>
    /// One loss for several objectives: the weighted distance from the best (augmented Chebyshev, *Knowles 2006*), with weights drawn anew for every trial, so that the trials
    /// together go along the whole front. With one objective its loss.
    /// </summary>
    public static double[] Scalarize(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions, RandomSource random)
    {
        if (directions.Length == 1) return Losses(trials, directions, 0);
        double[] weights = [.. directions.Select(_ => -Math.Log(1 - random.NextDouble()))];
        double total = weights.Sum();
        double[][] parts =
        [
            .. directions.Select((_, objective) =>
            {
                double[] standard = Standardize(Losses(trials, directions, objective), out double _);
                double low = standard.Min(), range = Math.Max(standard.Max() - low, 1e-12);
                return standard.Select(value => weights[objective] / total * (value - low) / range).ToArray();
            }),
        ];
        return [.. Enumerable.Range(0, trials.Count).Select(i => parts.Max(part => part[i]) + 0.05 * parts.Sum(part => part[i]))];
    }
}
