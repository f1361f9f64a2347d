namespace Inkling.Vectors;

/// <summary>How one hybrid search is made.</summary>
public sealed record HybridSearchOptions
{
    /// <summary>How many of each side are fused, 1 to 1,000,000, at least as many as hits are wanted. Default: 100.</summary>
    public int Candidates { get; init; } = 100;

    /// <summary>The constant of fusion, above 0. Default: 60.</summary>
    public double Constant { get; init; } = ReciprocalRankFusion.DefaultConstant;

    /// <summary>What words count, 0 or more. Default: 1.</summary>
    public double TextWeight { get; init; } = 1;

    /// <summary>What the vector counts, 0 or more. Default: 1.</summary>
    public double VectorWeight { get; init; } = 1;

    /// <summary>Which keys may be found, by both sides; null for all.</summary>
    public Func<long, bool>? Filter { get; init; }

    /// <summary>Candidates of the vector search on its way, 0 for the index's own setting; see <see cref="SearchOptions.Ef"/>.</summary>
    public int Ef { get; init; }
}
