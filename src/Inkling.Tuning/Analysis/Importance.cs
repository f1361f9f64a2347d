using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>
/// Which parameters matter: functional analysis of variance (*Hutter, Hoos and Leyton-Brown 2014*). A forest of regression trees learns the objective; the share of a parameter is the variance of the mean
/// over all others, as the parameter alone moves over its range, divided by the variance over the whole space.
/// </summary>
public static class Importance
{
    private const int DefaultTrees = 64;

    /// <summary>The share of every parameter that all complete trials have, largest first; together 1. Empty if there are fewer than two trials, no parameters, or all values are alike.</summary>
    /// <param name="trials">Trials of one study; complete ones with finite values are used.</param>
    /// <param name="objective">Which value is explained.</param>
    /// <param name="trees">Trees of the forest; at least 1.</param>
    /// <param name="seed">Seed of the forest.</param>
    public static IReadOnlyList<KeyValuePair<string, double>> Of(IEnumerable<TrialRecord> trials, int objective = 0, int trees = DefaultTrees, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(objective);
        TrialRecord[] complete = [.. trials.Where(trial => trial.State == TrialState.Complete && objective < trial.Values.Length && double.IsFinite(trial.Values[objective]))];
        if (complete.Length < 2) return [];
        var space = new EncodedSpace(new TrialHistory([.. complete[0].Values.Select(_ => Direction.Minimize)], complete.Select((trial, i) => trial with { Number = i })).Intersection);
        if (space.Dimensions == 0) return [];
        double[][] points = [.. complete.Select(space.Encode)];
        double[] values = ObservedTrials.Standardize([.. complete.Select(trial => trial.Values[objective])], out _);
        int[] counts = [.. space.Distributions.Select(one => one is CategoricalDistribution choices ? choices.Choices.Length : 0)];
        double[] shares = new double[space.Dimensions];
        for (int tree = 0; tree < trees; tree++)
        {
            double[] own = Shares(new RegressionTree(points, values, space.Ordered, new RandomSource(seed, (ulong)tree)), space.Ordered, counts);
            for (int j = 0; j < shares.Length; j++)
                shares[j] += own[j];
        }

        double total = shares.Sum();
        if (!(total > 0)) return [];
        return [.. space.Names.Select((name, j) => KeyValuePair.Create(name, shares[j] / total)).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)];
    }

    /// <summary>For each dimension the variance of the mean over all others, divided by the whole variance, exactly for a tree; all 0 for a tree without splits.</summary>
    internal static double[] Shares(RegressionTree tree, bool[] ordered, int[] counts)
    {
        var leaves = new List<(double Mean, double Volume, (double Low, double High)[] Bounds, bool[]?[] Allowed)>();
        tree.Visit(counts, (mean, bounds, allowed) =>
        {
            double volume = 1;
            for (int j = 0; j < ordered.Length; j++)
                volume *= Width(bounds[j], allowed[j]);
            leaves.Add((mean, volume, [.. bounds], [.. allowed]));
        });
        double average = leaves.Sum(leaf => leaf.Mean * leaf.Volume), variance = leaves.Sum(leaf => leaf.Volume * (leaf.Mean - average) * (leaf.Mean - average));
        double[] shares = new double[ordered.Length];
        if (!(variance > 0)) return shares;
        for (int j = 0; j < ordered.Length; j++)
        {
            double[] cuts = [.. leaves.SelectMany(leaf => new[] { leaf.Bounds[j].Low, leaf.Bounds[j].High }).Distinct().Order()];
            int cells = ordered[j] ? cuts.Length - 1 : counts[j];
            double[] marginal = new double[cells];
            foreach ((double mean, double volume, (double Low, double High)[] bounds, bool[]?[] allowed) in leaves)
            {
                double without = volume / Width(bounds[j], allowed[j]) * mean;
                int begin = ordered[j] ? Array.BinarySearch(cuts, bounds[j].Low) : 0, end = ordered[j] ? Array.BinarySearch(cuts, bounds[j].High) : cells;
                for (int cell = begin; cell < end; cell++)
                {
                    if (ordered[j] || allowed[j]![cell]) marginal[cell] += without;
                }
            }

            for (int cell = 0; cell < cells; cell++)
                shares[j] += (ordered[j] ? cuts[cell + 1] - cuts[cell] : 1.0 / cells) * (marginal[cell] - average) * (marginal[cell] - average);
            shares[j] /= variance;
        }

        return shares;
    }

    private static double Width((double Low, double High) bounds, bool[]? allowed) => allowed is null ? bounds.High - bounds.Low : (double)allowed.Count(one => one) / allowed.Length;
}
