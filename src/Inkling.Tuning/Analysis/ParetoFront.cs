using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>The trials than which none is better: those that no other trial dominates.</summary>
public static class ParetoFront
{
    /// <summary>Whether <paramref name="a"/> is at least as good as <paramref name="b"/> in every objective and better in one.</summary>
    /// <param name="a">Values, one a direction.</param>
    /// <param name="b">Values, one a direction.</param>
    /// <param name="directions">Which way each is better.</param>
    public static bool Dominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<Direction> directions)
    {
        bool better = false;
        for (int i = 0; i < directions.Length; i++)
        {
            double difference = directions[i] == Direction.Minimize ? a[i].CompareTo(b[i]) : b[i].CompareTo(a[i]);
            if (difference > 0) return false;
            better |= difference < 0;
        }

        return better;
    }

    /// <summary>The front of the complete trials that violate no constraint, in the order of their numbers; trials with equal values are all in it.</summary>
    /// <param name="trials">Any trials of one study.</param>
    /// <param name="directions">The directions of the study.</param>
    public static IReadOnlyList<TrialRecord> Of(IEnumerable<TrialRecord> trials, ImmutableArray<Direction> directions)
    {
        TrialRecord[] candidates = [.. trials.Where(trial => trial.State == TrialState.Complete && trial.IsFeasible)];

        // In the order of the first objective, and of the others where it ties, no trial is dominated by a later one.
        int[] order = [.. Enumerable.Range(0, candidates.Length)];
        Array.Sort(order, (a, b) => Compare(candidates[a], candidates[b], directions));
        var front = new List<TrialRecord>();
        foreach (int i in order)
        {
            if (!front.Exists(better => Dominates(better.Values.AsSpan(), candidates[i].Values.AsSpan(), directions.AsSpan()))) front.Add(candidates[i]);
        }

        front.Sort((a, b) => a.Number.CompareTo(b.Number));
        return front;
    }

    private static int Compare(TrialRecord a, TrialRecord b, ImmutableArray<Direction> directions)
    {
        for (int i = 0; i < directions.Length; i++)
        {
            int order = directions[i] == Direction.Minimize ? a.Values[i].CompareTo(b.Values[i]) : b.Values[i].CompareTo(a.Values[i]);
            if (order != 0) return order;
        }

        return a.Number.CompareTo(b.Number);
    }
}
