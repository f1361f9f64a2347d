namespace Inkling.Numerics;

/// <summary>
/// What a register of results is made from: <see cref="In"/> is where the first lane's place in the planes is, before a tap's distance is added,
/// <see cref="Out"/> where it is stored.
/// </summary>
internal struct TapSegment
{
    public int In;
    public int Out;

    /// <summary>Lanes in use.</summary>
    public int Count;

    /// <summary>Where the first goes in the end, when results are dealt out over every s-th column.</summary>
    public int Target;
}

/// <summary>
/// Results that have the same taps: all of a convolution; of its transpose with a stride of s those in every s-th row and column.
/// <c>result[i, segment + lane] = Σₖ A[i, k] · planes[offset[k] + segment.In + lane]</c>.
/// </summary>
internal unsafe struct TapPass
{
    /// <summary>Distance of each tap.</summary>
    public nint* Offsets;

    /// <summary>Where the weight of a tap lies, relative to that of the result's channel.</summary>
    public int* Weights;

    public int Taps;

    public TapSegment* Segments;

    public int SegmentCount;

    /// <summary>A of all groups: for each block of taps, for each tile of rows, [taps, rows].</summary>
    public real* Packed;
}
