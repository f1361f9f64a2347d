namespace Inkling.Playground;

/// <summary>What the network of a run says over the plane, as a small picture; bytes as those of <see cref="NetworkMaps"/>. With more than two classes a byte is which is the most probable, from 0.</summary>
public sealed class OutputMap
{
    private readonly PlaygroundRun _run;
    private readonly Tensor _grid;
    private readonly byte[] _bytes;
    private readonly int _side;
    private (int, int) _shown;

    /// <summary>Prepares the map of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="side">Points along each side, 2 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">The side is out of range.</exception>
    public OutputMap(PlaygroundRun run, int side)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, 256);
        _run = run;
        _bytes = new byte[side * side];
        _side = side;
        _shown = (run.Setup.MapX, run.Setup.MapY);
        _grid = run.Looking.Input([side * side, run.Setup.InputCount], PointCloud.InputsAt(run.Setup, NetworkMaps.Places(side, run.Points.Reach)));
    }

    /// <summary>The map; valid until the next <see cref="Update"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Draws the map anew; allocates nothing.</summary>
    public void Update()
    {
        _run.Looking.Begin();
        if (_shown != (_run.Setup.MapX, _run.Setup.MapY))
        {
            _shown = (_run.Setup.MapX, _run.Setup.MapY);
            _grid.Write(PointCloud.InputsAt(_run.Setup, NetworkMaps.Places(_side, _run.Points.Reach)));
        }

        ReadOnlySpan<float> values = _run.Network.Forward(_grid).Values;
        int width = values.Length / _bytes.Length;
        for (int i = 0; i < _bytes.Length; i++)
            _bytes[i] = width > 1 ? (byte)_run.Network.ClassOf(values.Slice(i * width, width)) : NetworkMaps.Shade(_run.Network.SignOf(values[i]));
    }
}
