namespace Inkling.Vectors;

/// <summary>What an <see cref="HnswIndex"/> holds and how its graph is built.</summary>
public sealed record HnswOptions : VectorIndexOptions
{
    /// <summary>
    /// Neighbours that a new vector links to, 2 to 256; twice as many are kept on the lowest layer. More find more in many dimensions and take memory:
    /// <c>8 · M + 4</c> bytes a vector and a little. Default: 16.
    /// </summary>
    public int M { get; init; } = 16;

    /// <summary>Candidates that are kept while a vector is added, 1 to 100,000: more make a better graph and take longer. Default: 200.</summary>
    public int EfConstruction { get; init; } = 200;

    /// <summary>Candidates that a search keeps where its options say nothing, 1 to 100,000. Default: 64.</summary>
    public int EfSearch { get; init; } = 64;

    /// <summary>Which candidates become neighbours. Default: the heuristic.</summary>
    public NeighborSelection Selection { get; init; } = NeighborSelection.Heuristic;

    /// <summary>Chooses the layers. The same vectors, added one after the other, make the same graph with the same seed. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal override void Check(string operation)
    {
        base.Check(operation);
        if (M is < 2 or > 256 || EfConstruction is < 1 or > 100_000 || EfSearch is < 1 or > 100_000 || !Enum.IsDefined(Selection))
            throw new ArgumentException(
                $"{operation}: M {M}, EfConstruction {EfConstruction}, EfSearch {EfSearch}, {Selection}. Give M 2 to 256, both Ef 1 to 100000, and a known selection.");
    }
}
