namespace Inkling.Memory;

/// <summary>
/// Memory for the gradients of intermediate results. A range is given back as soon as the backward pass has left its operation,
/// and the next gradient of the same length reuses it.
/// </summary>
internal sealed class GradientPool
{
    private readonly Arena _arena = new();
    private readonly List<Range> _free = [];

    public long Capacity => _arena.Capacity;

    public Range Take(int length)
    {
        for (int i = _free.Count - 1; i >= 0; i--)
        {
            if (_free[i].Length != length) continue;
            Range found = _free[i];
            _free[i] = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            return found;
        }

        return _arena.Take(length);
    }

    public void Return(Range range) => _free.Add(range);

    public void Rewind()
    {
        _free.Clear();
        _arena.Rewind();
    }
}
