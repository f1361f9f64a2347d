namespace Inkling.Vectors;

/// <summary>Candidates with the nearest on top: a binary heap that grows.</summary>
internal sealed class CandidateHeap
{
    private ulong[] _items = new ulong[256];

    /// <summary>How many it has.</summary>
    public int Count { get; private set; }

    /// <summary>Empties it.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds one.</summary>
    public void Add(ulong item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, 2 * Count);
        int at = Count++;
        for (int parent; at > 0 && _items[parent = (at - 1) / 2] > item; at = parent)
            _items[at] = _items[parent];
        _items[at] = item;
    }

    /// <summary>Takes the nearest out.</summary>
    public ulong TakeNearest()
    {
        ulong nearest = _items[0], last = _items[--Count];
        int at = 0;
        while (true)
        {
            int child = (2 * at) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _items[child + 1] < _items[child])
                child++;
            if (_items[child] >= last)
                break;
            _items[at] = _items[child];
            at = child;
        }

        _items[at] = last;
        return nearest;
    }
}
