using System.Runtime.CompilerServices;

namespace Inkling.Vectors;

/// <summary>
/// The nearest candidates in order, each with a mark whether its neighbours have been looked at. One sorted list stands for both queues of Algorithm 2: a
/// candidate that is farther than the last of ef results is never looked at, so it may fall out of both.
/// </summary>
/// <remarks>
/// An item is a distance as <see cref="Ranked"/> orders it, then the place shifted by one, then the mark. Moving half the list for an insertion is one
/// copy of consecutive words, which up to some hundred of them is faster than two heaps.
/// </remarks>
internal sealed class CandidatePool
{
    private const ulong Mark = 1;

    private ulong[] _items = [];
    private int _limit;
    private int _next;

    /// <summary>How many it has.</summary>
    public int Count { get; private set; }

    /// <summary>Empties it.</summary>
    /// <param name="limit">How many it keeps: 1 or more.</param>
    public void Reset(int limit)
    {
        if (_items.Length < limit + 1)
            _items = new ulong[limit + 1];
        (_limit, Count, _next) = (limit, 0, 0);
    }

    /// <summary>Begins again with what is in it, all of it unmarked, as entry points for another layer.</summary>
    public void Restart(int limit)
    {
        if (_items.Length < limit + 1)
            Array.Resize(ref _items, limit + 1);
        Count = int.Min(Count, limit);
        for (int i = 0; i < Count; i++)
            _items[i] &= ~Mark;
        (_limit, _next) = (limit, 0);
    }

    /// <summary>The place at a rank.</summary>
    public int Place(int rank) => (int)((uint)_items[rank] >> 1);

    /// <summary>The item at a rank as <see cref="Ranked"/> has it.</summary>
    public ulong Item(int rank) => (_items[rank] & 0xFFFFFFFF00000000) | ((uint)_items[rank] >> 1);

    /// <summary>Takes a candidate in if it is among the nearest.</summary>
    /// <returns>Whether it is now the nearest that has no mark.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(float distance, int place)
    {
        ulong item = (Ranked.Of(distance, 0)) | ((uint)place << 1);
        return (Count < _limit || item < _items[Count - 1]) && Insert(item);
    }

    /// <summary>Marks the nearest candidate without a mark, and gives its place; −1 if all have one.</summary>
    public int TakeNext()
    {
        ulong[] items = _items;
        int next = _next;
        while (next < Count)
        {
            ulong item = items[next];
            if ((item & Mark) == 0)
            {
                items[next] = item | Mark;
                _next = next + 1;
                return (int)((uint)item >> 1);
            }

            next++;
        }

        _next = next;
        return -1;
    }

    private bool Insert(ulong item)
    {
        ulong[] items = _items;
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (items[middle] < item)
                low = middle + 1;
            else
                high = middle;
        }

        int moved = Count - low;
        if (Count < _limit)
            Count++;
        else
            moved--;
        Array.Copy(items, low, items, low + 1, moved);
        items[low] = item;
        if (low >= _next)
            return low == _next;
        _next = low;
        return true;
    }
}
