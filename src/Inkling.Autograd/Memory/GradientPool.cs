namespace Inkling.Memory;

/// <summary>
/// Memory for the gradients of intermediate results. A range is given back as soon as the backward pass has left its operation,
/// and the next gradient of the same length reuses it.
/// </summary>
internal sealed class GradientPool
{
    private readonly Arena _arena = new();
    private Range[] _free = new Range[16];
    private int _count;

    public long Capacity => _arena.Capacity;

    public Range Take(int length)
    {
        Range[] free = _free;
        for (int i = _count - 1; i >= 0; i--)
        {
            if (free[i].Length != length) continue;
            Range found = free[i];
            free[i] = free[--_count];
            free[_count] = default;
            return found;
        }

        return _arena.Take(length);
    }

    public void Return(Range range)
    {
        if (_count == _free.Length) Array.Resize(ref _free, _count * 2);
        _free[_count++] = range;
    }

    public void Rewind()
    {
        Array.Clear(_free, 0, _count);
        _count = 0;
        _arena.Rewind();
    }
}
