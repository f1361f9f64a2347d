using System.Collections.Concurrent;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// Vectors under keys, and which of them are near to another. Searches may run on any number of threads, also while vectors are added, replaced and
/// removed, by several threads too. <see cref="ExactIndex"/> compares all; <see cref="HnswIndex"/> follows a graph and compares few.
/// </summary>
/// <remarks>
/// A search sees an index as it was when the search began or a little later: every vector whose addition had returned before and that is not removed
/// meanwhile. Changes of a place happen beside searches; only growing and reclaiming make new tables, and searches that run go on in the old.
/// </remarks>
public abstract partial class VectorIndex
{
    private const float SmallestNormal = 1.17549435e-38f;

    private readonly ConcurrentBag<SearchScratch> _scratch = [];
    private volatile IndexState _state;

    private protected VectorIndex(VectorIndexOptions options, IndexState state, SectionFile? file)
    {
        Options = options;
        _state = state;
        _file = file;
    }

    /// <summary>What it holds and how.</summary>
    public VectorIndexOptions Options { get; }

    /// <summary>Elements of a vector.</summary>
    public int Dimensions => Options.Dimensions;

    /// <summary>What is near.</summary>
    public Metric Metric => Options.Metric;

    /// <summary>Vectors in it.</summary>
    public int Count => _state.Table.Live;

    /// <summary>
    /// Bytes of memory that vectors and graph take; 0 as long as an opened file is only searched, whose pages belong to the system. What finding a key needs,
    /// about 40 bytes a vector once something changes, comes on top.
    /// </summary>
    public long SizeInBytes => Size(_state);

    /// <summary>Who shares the work of building and of searching for many or through all. Default: one thread for every processor.</summary>
    public Team Team
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Team.Shared;

    internal IndexState State => _state;

    /// <summary>Whether there is a vector under a key.</summary>
    public bool Contains(long key)
    {
        lock (_gate)
            return Places.TryGetValue(key, out int place) && _state.Table.State(place) == PlaceState.Live;
    }

    /// <summary>
    /// Reads a vector: as exactly as it is kept, which after <see cref="VectorStorage.Int8"/> without re-ranking is not quite as it came; for the cosine it is
    /// normalised.
    /// </summary>
    /// <param name="key">Its key.</param>
    /// <param name="vector">Where it goes: <see cref="Dimensions"/> elements.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArgumentException"><paramref name="vector"/> has another length.</exception>
    public bool TryGet(long key, Span<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"TryGet: room for {vector.Length} elements where vectors have {Dimensions}. Give as many.");
        lock (_gate)
        {
            if (!Places.TryGetValue(key, out int place))
                return false;
            IndexState state = _state;
            state.Table.Read(place, vector);
            GC.KeepAlive(state);
            return true;
        }
    }

    /// <summary>The keys of the vectors in it, in the order they came.</summary>
    public long[] Keys()
    {
        IndexState state = _state;
        var keys = new List<long>(state.Table.Live);
        for (int place = 0; place < state.Table.Count; place++)
        {
            if (state.Table.State(place) == PlaceState.Live)
                keys.Add(state.Table.Key(place));
        }

        return [.. keys];
    }

    /// <summary>Throws if a vector cannot be taken.</summary>
    internal void Check(string operation, ReadOnlySpan<float> vector)
    {
        SearchScratch scratch = Rent();
        try
        {
            Accept(operation, vector, scratch.Vector);
        }
        finally
        {
            GiveBack(scratch);
        }
    }

    /// <summary>Checks a vector and copies it, normalised where the metric wants that.</summary>
    private protected void Accept(string operation, ReadOnlySpan<float> vector, Span<float> into)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"{operation}: a vector of {vector.Length} elements, the index has {Dimensions}. Give vectors of one model.");
        if (!Reduce.AllFinite(vector))
            throw new ArgumentException($"{operation}: the vector has an element that is NaN or infinite. Leave it out, or find out where it comes from.");
        vector.CopyTo(into);
        float largest = Reduce.MaxMagnitude(vector);
        if (Metric == Metric.Cosine)
        {
            if (largest == 0)
                throw new ArgumentException($"{operation}: the vector is zero, which has no direction. Leave it out, or take an index with another metric.");
            // Scaled first, so that no square overflows or vanishes.
            Elementwise.Scale(into, 1 / float.Max(largest, SmallestNormal));
            Elementwise.Scale(into, 1 / MathF.Sqrt(Reduce.SumOfSquares(into)));
        }
        else if (largest > 1e18f || (Options.Storage == VectorStorage.Float16 && largest > (float)Half.MaxValue))
        {
            throw new ArgumentException($"{operation}: the vector has an element of magnitude {largest}, too large for {Options.Storage}. Scale all vectors down, or take Float32 (up to 1e18).");
        }
    }

    private protected SearchScratch Rent() => _scratch.TryTake(out SearchScratch? scratch) ? scratch : new SearchScratch(_state.Table.Format, _state.Graph?.Most ?? 1);

    private protected void GiveBack(SearchScratch scratch) => _scratch.Add(scratch);

    private protected static VectorTable NewTable(VectorIndexOptions options, int capacity) =>
        VectorTable.Create(RowFormat.Of(options.Storage, options.Metric, options.Dimensions), HasExactRows(options), capacity);

    /// <summary>Whether exact rows are kept beside the others.</summary>
    private static bool HasExactRows(VectorIndexOptions options) => options.Rerank && options.Storage != VectorStorage.Float32;

    private static long Size(IndexState state)
    {
        VectorTable table = state.Table;
        if (table.Rows.IsMapped)
            return 0;
        long rows = (long)table.Format.Stride * table.Capacity, exact = table.Exact is null ? 0 : (long)table.ExactFormat.Stride * table.Capacity;
        return rows + exact + ((long)(sizeof(long) + 1) * table.Capacity) + (state.Graph?.Bytes ?? 0);
    }
}
