using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// Vectors, their keys and states by place. It never grows: a larger copy takes its place, while searches go on in the old one, which does not change any
/// more.
/// </summary>
internal sealed class VectorTable
{
    private readonly RowMemory _keys;
    private readonly RowMemory _states;
    private int _count;
    private int _live;

    private VectorTable(RowFormat format, int capacity, RowMemory rows, RowMemory? exact, RowMemory keys, RowMemory states)
    {
        (Format, Capacity, Rows, Exact, _keys, _states) = (format, capacity, rows, exact, keys, states);
        ExactFormat = new SingleRows(format.Metric, format.Dimensions);
    }

    /// <summary>How a row is written.</summary>
    public RowFormat Format { get; }

    /// <summary>How an exact row is written.</summary>
    public RowFormat ExactFormat { get; }

    /// <summary>Places there are.</summary>
    public int Capacity { get; }

    /// <summary>The rows that are searched.</summary>
    public RowMemory Rows { get; }

    /// <summary>The vectors in float32, where they are kept beside the rows.</summary>
    public RowMemory? Exact { get; }

    /// <summary>Places in use, the first ones.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Vectors that may be found.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>An empty table.</summary>
    public static VectorTable Create(RowFormat format, bool exact, int capacity) => new(
        format,
        capacity,
        RowMemory.Allocate((long)format.Stride * capacity),
        exact ? RowMemory.Allocate((long)format.Dimensions * sizeof(float) * capacity) : null,
        RowMemory.Allocate((long)sizeof(long) * capacity),
        RowMemory.Allocate(capacity));

    /// <summary>The table of a file.</summary>
    public static VectorTable Read(SectionFile file, RowFormat format, bool exact, int count)
    {
        VectorTable table = new(
            format,
            count,
            file.Section(RowsSection, (long)format.Stride * count),
            exact ? file.Section(ExactSection, (long)format.Dimensions * sizeof(float) * count) : null,
            file.Section(KeysSection, (long)sizeof(long) * count),
            file.Section(StatesSection, count));
        table._count = count;
        file.Verify(StatesSection);
        foreach (PlaceState state in table._states.Slice<PlaceState>(0, count))
            table._live += state == PlaceState.Live ? 1 : 0;
        return table;
    }

    /// <summary>Names of the sections in a file.</summary>
    public const string RowsSection = "vectors.rows", ExactSection = "vectors.exact", KeysSection = "vectors.keys", StatesSection = "vectors.states";

    /// <summary>Writes the sections.</summary>
    public void Write(SectionWriter writer)
    {
        int count = Count;
        writer.Section(RowsSection, Rows, (long)Format.Stride * count);
        if (Exact is not null)
            writer.Section(ExactSection, Exact, (long)Format.Dimensions * sizeof(float) * count);
        writer.Section(KeysSection, _keys, (long)sizeof(long) * count);
        writer.Section(StatesSection, _states, count);
    }

    /// <summary>A copy with more places.</summary>
    public VectorTable Copy(int capacity) => new(
        Format,
        capacity,
        Rows.Copy((long)Format.Stride * capacity),
        Exact?.Copy((long)Format.Dimensions * sizeof(float) * capacity),
        _keys.Copy((long)sizeof(long) * capacity),
        _states.Copy(capacity))
    { _count = Count, _live = Live };

    /// <summary>A copy of the live places alone, in their order.</summary>
    public VectorTable Compact(int capacity)
    {
        VectorTable table = Create(Format, Exact is not null, capacity);
        for (int place = 0; place < Count; place++)
        {
            if (State(place) != PlaceState.Live)
                continue;
            int to = table._count++;
            Row(place).CopyTo(table.Row(to));
            if (Exact is not null)
                ExactRow(place).CopyTo(table.ExactRow(to));
            table.Keys[to] = Key(place);
            table.SetState(to, PlaceState.Live);
        }

        return table;
    }

    /// <summary>The row of a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Row(int place) => Rows.Slice<byte>((long)place * Format.Stride, Format.Stride);

    /// <summary>The key of a place.</summary>
    public long Key(int place) => _keys.Slice<long>((long)place * sizeof(long), 1)[0];

    /// <summary>What is at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PlaceState State(int place) => (PlaceState)Volatile.Read(ref _states.Slice<byte>(place, 1)[0]);

    /// <summary>Changes what is at a place. One thread at a time.</summary>
    public void SetState(int place, PlaceState state)
    {
        ref byte now = ref _states.Slice<byte>(place, 1)[0];
        int change = (state == PlaceState.Live ? 1 : 0) - ((PlaceState)now == PlaceState.Live ? 1 : 0);
        Volatile.Write(ref now, (byte)state);
        Volatile.Write(ref _live, _live + change);
    }

    /// <summary>Takes the next place for a vector that is coming. One thread at a time.</summary>
    public int Take(long key, ReadOnlySpan<float> vector)
    {
        int place = _count;
        SetState(place, PlaceState.Coming);
        Format.Encode(vector, Row(place));
        if (Exact is not null)
            MemoryMarshal.AsBytes(vector).CopyTo(ExactRow(place));
        Keys[place] = key;
        Volatile.Write(ref _count, place + 1);
        return place;
    }

    /// <summary>Reads a vector as exactly as it is known.</summary>
    public void Read(int place, Span<float> vector)
    {
        if (Exact is not null)
            ExactFormat.Decode(ExactRow(place), vector);
        else
            Format.Decode(Row(place), vector);
    }

    private Span<long> Keys => _keys.Slice<long>(0, Capacity);

    private Span<byte> ExactRow(int place) => Exact!.Slice<byte>((long)place * ExactFormat.Stride, ExactFormat.Stride);
}
