namespace Inkling.Vectors;

/// <summary>
/// Makes one ranking of several (Cormack, Clarke, Büttcher 2009): <c>score(d) = Σ weight / (constant + rank(d))</c> over the rankings that have d, ranks counted
/// from 1. It needs no scores that compare.
/// </summary>
public static class ReciprocalRankFusion
{
    /// <summary>The authors' constant. A larger one cares less whether something comes first or tenth.</summary>
    public const double DefaultConstant = 60;

    /// <summary>Fuses rankings.</summary>
    /// <param name="rankings">Keys, best first, each once in a ranking.</param>
    /// <param name="weights">What each ranking counts, 0 or more; null for 1 each.</param>
    /// <param name="constant">Above 0.</param>
    /// <returns>All keys with their scores, best first; of equal ones the lower key first.</returns>
    /// <exception cref="ArgumentException">There are other numbers of weights than of rankings, or a number is out of range.</exception>
    public static (long Key, double Score)[] Fuse(IReadOnlyList<IReadOnlyList<long>> rankings, IReadOnlyList<double>? weights = null, double constant = DefaultConstant)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        if (weights is not null && (weights.Count != rankings.Count || weights.Any(weight => !(weight >= 0))))
            throw new ArgumentException($"Fuse: {weights.Count} weights for {rankings.Count} rankings. Give one of 0 or more for each.");
        if (!(constant > 0))
            throw new ArgumentException($"Fuse: the constant is {constant}. Give one above 0; {DefaultConstant} is usual.");
        Dictionary<long, double> scores = [];
        for (int i = 0; i < rankings.Count; i++)
        {
            for (int rank = 0; rank < rankings[i].Count; rank++)
            {
                long key = rankings[i][rank];
                scores[key] = scores.GetValueOrDefault(key) + ((weights?[i] ?? 1) / (constant + rank + 1));
            }
        }

        return [.. scores.Select(one => (one.Key, one.Value)).OrderByDescending(one => one.Value).ThenBy(one => one.Key)];
    }
}
