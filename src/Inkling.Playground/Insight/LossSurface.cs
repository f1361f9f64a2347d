using System.Diagnostics;

namespace Inkling.Playground;

/// <summary>
/// The training loss over a plane through the weights of a run, as a picture: where it stands, which way it and others came, which valleys there are (Li, Xu, Taylor, Studer &amp; Goldstein
/// 2018, <i>Visualizing the Loss Landscape of Neural Nets</i>). Computed in slices, coarsely first. Two numbers of many: on a plane two valleys may seem apart that are joined elsewhere.
/// Leaves no trace in the run.
/// </summary>
public sealed class LossSurface : IDisposable
{
    /// <summary>Places along each side of the picture.</summary>
    public const int Side = 48;

    private const int Coarsest = 8;
    private const int MostRows = 500;
    private const int MostValleys = 6;

    private readonly PlaygroundRun _run;
    private readonly NetworkMirror _mirror;
    private readonly WeightPlane _plane;
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly float[] _losses = new float[Side * Side];
    private readonly (int Row, int Column, int Stride)[] _order;
    private readonly (double Low, double High) _first;
    private readonly (double Low, double High) _second;

    /// <summary>Chooses the plane.</summary>
    /// <param name="run">The run; the plane goes through where it stands, that of <see cref="PlaneKind.Ends"/> through the best of the ends.</param>
    /// <param name="kind">Which plane. Where it cannot be (no path yet, fewer than three ends) it is a random one: see <see cref="Kind"/>.</param>
    /// <param name="seed">Decides the random directions.</param>
    /// <param name="others">Racers whose ways are drawn as well; those with another network are left out.</param>
    public LossSurface(PlaygroundRun run, PlaneKind kind, ulong seed, IReadOnlyList<Racer> others)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(others);
        _run = run;
        _mirror = new NetworkMirror(run, recording: false);
        (_inputs, _targets) = run.TrainingRows(0, MostRows);
        Others = [.. others.Where(Fits)];
        ParameterSet parameters = run.Network.Parameters;
        WeightPlane? plane = !Finite(parameters.Values) ? null : kind switch
        {
            PlaneKind.Path => run.Path is { } path ? WeightPlane.OfPath(parameters, [.. path.Moments.Where(moment => moment.Step < run.Step).Select(moment => moment.Values.ToArray()), parameters.Values.ToArray()]) : null,
            PlaneKind.Ends => ThroughEnds(),
            _ => null,
        };
        Kind = plane is null ? PlaneKind.Random : kind;
        _plane = plane ?? WeightPlane.Random(parameters, Finite(parameters.Values) ? parameters.Values : new PlaygroundNetwork(run.Setup).Parameters.Values, seed);
        (_first, _second) = Extent();
        _order = [.. Order()];
        _losses.AsSpan().Fill(float.NaN);
    }

    /// <summary>Which plane it became.</summary>
    public PlaneKind Kind { get; }

    /// <summary>How much of the way of the run lies in the plane, 0 to 1; null when it was not fitted to the way.</summary>
    public double? Kept => _plane.Kept;

    /// <summary>The racers whose ways can be drawn.</summary>
    public IReadOnlyList<Racer> Others { get; }

    /// <summary>The losses, rows from the top; not a number where nothing is known yet, and where the loss is none. What is not computed yet has the loss of a place nearby.</summary>
    public ReadOnlyMemory<float> Losses => _losses;

    /// <summary>Places that are computed.</summary>
    public int Done { get; private set; }

    /// <summary>Places in all.</summary>
    public int Total => _order.Length;

    /// <summary>Goes on for a moment, not much longer than this; allocates nothing after the first place.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Work(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (Done < _order.Length)
        {
            (int row, int column, int stride) = _order[Done++];
            _plane.At(Between(_first, column / (Side - 1.0)), Between(_second, 1 - (row / (Side - 1.0))), _mirror.Network.Parameters.Values);
            float loss = Measure();
            for (int r = row; r < Math.Min(Side, row + stride); r++) _losses.AsSpan((r * Side) + column, Math.Min(stride, Side - column)).Fill(loss);
            if (Stopwatch.GetElapsedTime(start) > time) break;
        }

        return Done < _order.Length;
    }

    /// <summary>Where on the picture weights of this network lie, or the place of the plane nearest to them: across and down, 0 to 1 within it.</summary>
    public (float X, float Y) Place(ReadOnlySpan<float> weights)
    {
        (double first, double second) = _plane.Project(weights);
        return ((float)((first - _first.Low) / (_first.High - _first.Low)), (float)(1 - ((second - _second.Low) / (_second.High - _second.Low))));
    }

    /// <summary>The loss of any weights of this network, over the same points.</summary>
    public float LossAt(ReadOnlySpan<float> weights)
    {
        weights.CopyTo(_mirror.Network.Parameters.Values);
        return Measure();
    }

    /// <summary>The minima of the picture, the lowest first, six at most; empty while it is not done.</summary>
    public IReadOnlyList<SurfaceValley> Valleys()
    {
        if (Done < Total) return [];
        float lowest = float.PositiveInfinity;
        foreach (float loss in _losses) lowest = MathF.Min(lowest, float.IsNaN(loss) ? float.PositiveInfinity : loss);
        List<SurfaceValley> valleys = [];
        for (int row = 1; row < Side - 1; row++)
        {
            for (int column = 1; column < Side - 1; column++)
            {
                float loss = _losses[(row * Side) + column];
                if (IsLower(row, column, loss)) valleys.Add(new SurfaceValley(column / (Side - 1f), row / (Side - 1f), loss, loss <= (1.25f * lowest) + 0.01f));
            }
        }

        return [.. valleys.OrderBy(valley => valley.Loss).Take(MostValleys)];
    }

    /// <summary>Frees the memory of its tape.</summary>
    public void Dispose() => _mirror.Dispose();

    private static double Between((double Low, double High) extent, double share) => extent.Low + ((extent.High - extent.Low) * share);

    private static bool Finite(ReadOnlySpan<float> values) => Numerics.Reduce.AllFinite(values);

    private static IEnumerable<(int Row, int Column, int Stride)> Order()
    {
        for (int stride = Coarsest; stride >= 1; stride /= 2)
        {
            for (int row = 0; row < Side; row += stride)
            {
                for (int column = 0; column < Side; column += stride)
                {
                    if (stride == Coarsest || row % (2 * stride) != 0 || column % (2 * stride) != 0) yield return (row, column, stride);
                }
            }
        }
    }

    private bool IsLower(int row, int column, float loss)
    {
        for (int r = row - 1; r <= row + 1; r++)
        {
            for (int c = column - 1; c <= column + 1; c++)
            {
                if ((r != row || c != column) && !(_losses[(r * Side) + c] > loss)) return false;
            }
        }

        return true;
    }

    private float Measure() => _run.LossOn(_mirror.Forward(_inputs), _targets).Item();

    private bool Fits(Racer racer) => racer.Run.Network.Widths.SequenceEqual(_run.Network.Widths) && racer.Run.Network.Parameters.Values.Length == _run.Network.Parameters.Values.Length
        && Finite(racer.Run.Network.Parameters.Values) && racer.Run.Network.OutputActivation == _run.Network.OutputActivation
        && racer.Run.Setup.BatchNorm == _run.Setup.BatchNorm && Enumerable.Range(0, _run.Setup.Hidden.Count).All(layer => racer.Run.Setup.ActivationOf(layer) == _run.Setup.ActivationOf(layer));

    /// <summary>Best, worst and one between, of the racers and of the run where it has been trained.</summary>
    private WeightPlane? ThroughEnds()
    {
        List<float[]> ends = [.. Others.Select(racer => racer.Run.Network.Parameters.Values.ToArray())];
        if (_run.Step > 0) ends.Add(_run.Network.Parameters.Values.ToArray());
        ends = [.. ends.OrderBy(end => LossAt(end))];
        return ends.Count < 3 ? null : WeightPlane.Through(_run.Network.Parameters, ends[0], ends[^1], ends[ends.Count / 2]);
    }

    /// <summary>As far as the ways go, with room around them; a unit to each side where directions are random.</summary>
    private ((double Low, double High) First, (double Low, double High) Second) Extent()
    {
        if (Kind == PlaneKind.Random) return ((-1, 1), (-1, 1));
        IEnumerable<float[]> own = _run.Path is { } path && (_run.Step > 0 || Kind == PlaneKind.Path) ? path.Moments.Select(moment => moment.Values.ToArray()).Append(_run.Network.Parameters.Values.ToArray()) : [];
        IEnumerable<float[]> others = Kind == PlaneKind.Ends ? Others.SelectMany(racer => racer.Path.Moments.Select(moment => moment.Values.ToArray()).Append(racer.Run.Network.Parameters.Values.ToArray())) : [];
        (double First, double Second)[] places = [.. own.Concat(others).Where(one => Finite(one)).Select(one => _plane.Project(one))];
        (double Low, double High) first = (places.Min(one => one.First), places.Max(one => one.First)), second = (places.Min(one => one.Second), places.Max(one => one.Second));
        double wide = first.High - first.Low, high = second.High - second.Low, least = 0.2 * Math.Max(wide, high);
        return (Around(first, Math.Max(wide, least)), Around(second, Math.Max(high, least)));

        static (double Low, double High) Around((double Low, double High) extent, double size)
        {
            double middle = (extent.Low + extent.High) / 2, half = Math.Max(1e-3, 0.7 * size);
            return (middle - half, middle + half);
        }
    }
}
