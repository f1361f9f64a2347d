namespace Inkling.App.Studio.Learning;

/// <summary>One point of a curve.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Value">The loss in nats a token.</param>
public readonly record struct CurvePoint(long Step, double Value);

/// <summary>
/// A curve of bounded size however long the run: when it is full every second point goes, and from then on points are taken
/// half as often. The newest point is always there.
/// </summary>
public sealed class Curve
{
    private readonly int _capacity;
    private readonly List<CurvePoint> _points = [];
    private long _every = 1;
    private long _seen;
    private CurvePoint? _newest;

    /// <summary>An empty curve.</summary>
    /// <param name="capacity">Points kept at most, 4 or more.</param>
    public Curve(int capacity = 400)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 4);
        _capacity = capacity;
    }

    /// <summary>Adds a point; values that are not finite are left out.</summary>
    public void Add(long step, double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        _newest = new CurvePoint(step, value);
        if (_seen++ % _every != 0)
        {
            return;
        }

        _points.Add(_newest.Value);
        if (_points.Count < _capacity)
        {
            return;
        }

        for (int i = 0; 2 * i < _points.Count; i++)
        {
            _points[i] = _points[2 * i];
        }

        _points.RemoveRange((_points.Count + 1) / 2, _points.Count / 2);
        _every *= 2;
    }

    /// <summary>The points at this moment.</summary>
    public IReadOnlyList<CurvePoint> ToList()
        => _newest is { } newest && (_points.Count == 0 || _points[^1] != newest) ? [.. _points, newest] : [.. _points];
}
