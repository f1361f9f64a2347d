namespace Inkling;

/// <summary>
/// Which rows of a parameter got a gradient since the optimizer's last step. All others hold a gradient of zero, so that code that does not ask reads the right thing.
/// </summary>
/// <param name="rows">How many rows there are.</param>
internal sealed class TouchedRows(int rows)
{
    private readonly int[] _rows = new int[rows];
    private readonly int[] _stamps = new int[rows];
    private int _stamp = 1;
    private int _count;
    private bool _sorted = true;

    /// <summary>Whether an operation that does not go by rows wrote the gradient. At first what the memory holds is not known either.</summary>
    public bool All { get; private set; } = true;

    public int Count => All ? rows : _count;

    public void Add(int row)
    {
        if (All || _stamps[row] == _stamp) return;
        _stamps[row] = _stamp;
        _sorted &= _count == 0 || row > _rows[_count - 1];
        _rows[_count++] = row;
    }

    public void AddAll() => All = true;

    public void Clear()
    {
        (All, _count, _sorted) = (false, 0, true);
        if (++_stamp != int.MaxValue) return;
        Array.Clear(_stamps);
        _stamp = 1;
    }

    /// <summary>The next run of neighbouring rows.</summary>
    /// <param name="at">Where to go on: 0 at first.</param>
    /// <param name="first">The first row of the run.</param>
    /// <param name="count">How many rows it has.</param>
    /// <returns>False when there are no more.</returns>
    public bool TryNext(ref int at, out int first, out int count)
    {
        (first, count) = (0, 0);
        if (at >= Count) return false;
        if (All)
        {
            (at, count) = (rows, rows);
            return true;
        }

        if (!_sorted) _rows.AsSpan(0, _count).Sort();
        _sorted = true;
        first = _rows[at];
        for (count = 1; at + count < _count && _rows[at + count] == first + count; count++)
        {
        }

        at += count;
        return true;
    }
}
