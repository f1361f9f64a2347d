namespace Inkling.Vectors;

/// <summary>The nearest of what it is given, up to a number: a binary heap with the farthest of them on top.</summary>
internal sealed class NearestHeap
{
    private ulong[] _items = [];
    private int _limit;

    /// <summary>How many it has.</summary>
    public int Count { get; private set; }

    /// <summary>What must be undercut to get in; everything does while there is room.</summary>
    public ulong Bound { get; private set; }

    /// <summary>What is in it, in the order of the heap until <see cref="Sort"/>.</summary>
    public ReadOnlySpan<ulong> Items => _items.AsSpan(0, Count);

    /// <summary>Empties it.</summary>
    /// <param name="limit">How many it keeps from now on: 1 or more.</param>
    public void Reset(int limit)
    {
        if (_items.Length < limit)
            _items = new ulong[limit];
        _limit = limit;
        Count = 0;
        Bound = ulong.MaxValue;
    }

    /// <summary>Takes an item in if it is among the nearest.</summary>
    public void Add(ulong item)
    {
        if (item >= Bound)
            return;
        if (Count < _limit)
        {
            int at = Count++;
            for (int parent; at > 0 && _items[parent = (at - 1) / 2] < item; at = parent)
                _items[at] = _items[parent];
            _items[at] = item;
        }
        else
        {
            SinkFromTop(item, Count);
        }

        if (Count == _limit)
            Bound = _items[0];
    }

    /// <summary>Puts the items in order, nearest first. Afterwards it must be reset.</summary>
    public void Sort() => _items.AsSpan(0, Count).Sort();

    /// <summary>Keeps the first <paramref name="count"/> items.</summary>
    public void Truncate(int count) => Count = int.Min(Count, count);

    private void SinkFromTop(ulong item, int count)
    {
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= count)
                break;
            if (child + 1 < count && _items[child + 1] > _items[child])
                child++;
            if (_items[child] <= item)
                break;
            _items[at] = _items[child];
            at = child;
        }

        _items[at] = item;
    }
}
