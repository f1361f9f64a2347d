namespace Inkling.Text;

/// <summary>What byte-pair encoding has learnt: which neighbours merge into which piece, and in which order of precedence.</summary>
internal sealed class MergeTable
{
    private readonly Entry[] _slots;    // open addressing; Key 0 = free

    private record struct Entry(ulong Key, int Rank, int Id);

    /// <summary>Builds the table from merges in order of precedence.</summary>
    /// <exception cref="ArgumentException">A pair is listed twice.</exception>
    public MergeTable(Merge[] merges)
    {
        Merges = merges;
        _slots = new Entry[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * merges.Length + 1))];
        for (int rank = 0; rank < merges.Length; rank++)
        {
            Merge merge = merges[rank];
            ref Entry entry = ref Slot(Key(merge.Left, merge.Right));
            if (entry.Key != 0)
                throw new ArgumentException($"merges {entry.Rank} and {rank} join the same pair of pieces, {merge.Left} and {merge.Right}");
            entry = new Entry(Key(merge.Left, merge.Right), rank, merge.Result);
        }
    }

    /// <summary>The merges in order of precedence.</summary>
    public IReadOnlyList<Merge> Merges { get; }

    /// <summary>The rank of the merge of two neighbours (smaller goes first), or <see cref="int.MaxValue"/> when they do not merge.</summary>
    public int Rank(int left, int right)
    {
        ulong key = Key(left, right);
        ref Entry entry = ref Slot(key);
        return entry.Key == key ? entry.Rank : int.MaxValue;
    }

    /// <summary>The piece that two neighbours that merge become.</summary>
    public int Result(int left, int right) => Slot(Key(left, right)).Id;

    /// <summary>Both ids in one number that is never zero.</summary>
    private static ulong Key(int left, int right) => (ulong)(uint)(left + 1) << 32 | (uint)right;

    private ref Entry Slot(ulong key)
    {
        Entry[] slots = _slots;
        int mask = slots.Length - 1;
        ulong hash = key * 0x9E3779B97F4A7C15;
        for (int slot = (int)(hash >> 32) & mask; ; slot = (slot + 1) & mask)
        {
            ref Entry entry = ref slots[slot];
            if (entry.Key == key || entry.Key == 0)
                return ref entry;
        }
    }
}

/// <summary>Two neighbouring pieces and the piece they become.</summary>
internal readonly record struct Merge(int Left, int Right, int Result);
