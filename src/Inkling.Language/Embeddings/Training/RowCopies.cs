using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// One shard's own copies of the rows that it has used of a table since the last merge: it learns on them one after the other, while other shards do so on
/// theirs. Place 0 is a row of zeros that fills up sixes.
/// </summary>
internal sealed class RowCopies(RowTable table)
{
    // Uses of a row in a round, each with some six others, after which it has gone most of its way at usual rates.
    private const int Often = 16;

    private readonly int[] _places = new int[table.Rows];
    private int[] _rows = new int[1024];
    private int[] _uses = new int[1024];
    private Slab _values = new(1024 * table.Stride);
    private int _count = 1;

    public Span<float> Values => _values.Span;

    public int Stride => table.Stride;

    /// <summary>Where the copy of a row is; it is made if there is none.</summary>
    public int Place(int row)
    {
        int place = _places[row];
        if (place != 0)
        {
            _uses[place]++;
            return place;
        }

        if (_count == _rows.Length) Grow();
        place = _places[row] = _count++;
        _rows[place] = row;
        _uses[place] = 1;
        table.Whole(row).CopyTo(_values.Slice(place * table.Stride, table.Stride));
        return place;
    }

    /// <summary>Turns copies into what has changed. The table must be as it was when they were made.</summary>
    public void ToChanges()
    {
        for (int place = 1; place < _count; place++)
        {
            Span<float> copy = _values.Slice(place * table.Stride, table.Stride);
            Elementwise.AddScaled(table.Whole(_rows[place]), -1, copy);
        }
    }

    /// <summary>
    /// Adds what shards have changed in the rows that belong to one owner, of so many, to the table. The changes of a row that was used a few times are
    /// summed, as one thread would have made them one after the other. A row that was used often has settled on each shard, and the sum would go as
    /// many times too far: there the mean is taken, and between the two what lies between.
    /// </summary>
    public static void Merge(ReadOnlySpan<RowCopies> shards, int owner, int owners)
    {
        for (int first = 0; first < shards.Length; first++)
        {
            RowCopies copies = shards[first];
            for (int place = 1; place < copies._count; place++)
            {
                int row = copies._rows[place];
                if (row % owners == owner && !IsIn(shards[..first], row)) copies.MergeRow(row, shards[first..]);
            }
        }
    }

    /// <summary>Forgets all copies.</summary>
    public void Clear()
    {
        for (int place = 1; place < _count; place++) _places[_rows[place]] = 0;
        _count = 1;
    }

    private static bool IsIn(ReadOnlySpan<RowCopies> shards, int row)
    {
        foreach (RowCopies shard in shards)
        {
            if (shard._places[row] != 0) return true;
        }

        return false;
    }

    private void MergeRow(int row, ReadOnlySpan<RowCopies> shards)
    {
        int uses = 0, users = 0;
        foreach (RowCopies shard in shards)
        {
            int place = shard._places[row];
            if (place == 0) continue;
            uses += shard._uses[place];
            users++;
        }

        float settled = float.Min(1, uses / (float)(users * Often)), share = 1 / (1 + ((users - 1) * settled));
        Span<float> target = table.Whole(row);
        foreach (RowCopies shard in shards)
        {
            int place = shard._places[row];
            if (place != 0) Elementwise.AddScaled(shard._values.Slice(place * table.Stride, table.Stride), share, target);
        }
    }

    private void Grow()
    {
        Slab larger = new(2 * _values.Length);
        _values.Span.CopyTo(larger.Span);
        _values = larger;
        Array.Resize(ref _rows, 2 * _rows.Length);
        Array.Resize(ref _uses, 2 * _uses.Length);
    }
}
