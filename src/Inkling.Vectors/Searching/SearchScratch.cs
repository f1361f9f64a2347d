using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>Working memory of one search or insertion at a time.</summary>
/// <param name="format">Format of the rows.</param>
/// <param name="most">Neighbours a place may have, and one.</param>
internal sealed class SearchScratch(RowFormat format, int most)
{
    // Outside the heap for its alignment.
    private readonly RowMemory _query = RowMemory.Allocate(format.QueryBytes), _buffer = RowMemory.Allocate(format.QueryBytes);

    private ulong[] _choices = new ulong[1024];

    /// <summary>The vector, normalised where the metric is the cosine.</summary>
    public float[] Vector { get; } = new float[format.Dimensions];

    /// <summary>The vector as a query.</summary>
    public Span<byte> Query => _query.Slice<byte>(0, format.QueryBytes);

    /// <summary>For another query meanwhile.</summary>
    public Span<byte> Buffer => _buffer.Slice<byte>(0, format.QueryBytes);

    /// <summary>What is found.</summary>
    public NearestHeap Found { get; } = new();

    /// <summary>Candidates in order.</summary>
    public CandidatePool Pool { get; } = new();

    /// <summary>Candidates of a search with a filter.</summary>
    public CandidateHeap Candidates { get; } = new();

    /// <summary>What was seen.</summary>
    public VisitedPlaces Visited { get; } = new();

    /// <summary>Places whose distances are wanted together.</summary>
    public int[] Places { get; } = new int[int.Max(most, ScanBlock)];

    /// <summary>Their distances.</summary>
    public float[] Distances { get; } = new float[int.Max(most, ScanBlock)];

    /// <summary>Room for so many candidates to choose from; what was in it before is lost.</summary>
    public Span<ulong> ChoicesOf(int count)
    {
        if (_choices.Length < count)
            _choices = new ulong[count];
        return _choices.AsSpan(0, count);
    }

    /// <summary>Neighbours that were chosen.</summary>
    public int[] Chosen { get; } = new int[most];

    /// <summary>Neighbours that a neighbour keeps.</summary>
    public int[] Kept { get; } = new int[most];

    /// <summary>Rows that are compared together when all are.</summary>
    public const int ScanBlock = 256;
}
