namespace Inkling.Vectors;

/// <summary>How one search is made. Nothing given means: the index's own settings, no filter.</summary>
public sealed record SearchOptions
{
    /// <summary>
    /// Candidates that are kept on the way, 1 to 1,000,000, at least as many as hits are wanted: more find more and take longer. With re-ranking all of them are
    /// compared exactly. 0, the default, takes the index's own setting. An exact index uses it for re-ranking only.
    /// </summary>
    public int Ef { get; init; }

    /// <summary>
    /// Which keys may be found; null for all. Called on the searching threads, for some or all of the keys, and must not change the index. However few it lets
    /// pass, as many as there are up to the wanted number are found.
    /// </summary>
    public Func<long, bool>? Filter { get; init; }

    /// <summary>Whether all vectors are compared instead of following the graph: slower, misses none. Default: no.</summary>
    public bool Exhaustive { get; init; }
}
