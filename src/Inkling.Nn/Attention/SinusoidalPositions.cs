namespace Inkling.Nn;

/// <summary>
/// Adds sines and cosines of the position, <c>p_{t,2i} = sin(t / θ^{2i/D})</c>, <c>p_{t,2i+1} = cos(t / θ^{2i/D})</c>: <c>[T, B, D] → [T, B, D]</c>
/// (Vaswani et al. 2017, §3.5). Nothing is learnt.
/// </summary>
public sealed class SinusoidalPositions : Module, ILayer
{
    private readonly real[] _table;
    private readonly int _width;

    /// <summary>Computes the table.</summary>
    /// <param name="width">Width D, at least 1.</param>
    /// <param name="maxLength">Number of positions, at least 1. Default: 1,024.</param>
    /// <param name="theta">θ, above 0. Default: 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public SinusoidalPositions(int width, int maxLength = 1024, double theta = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(theta);
        _width = width;
        _table = new real[maxLength * width];
        for (int i = 0; i < _table.Length; i++)
        {
            int t = i / width, column = i % width;
            double angle = t * Math.Pow(theta, -(double)(column & ~1) / width);
            _table[i] = (real)((column & 1) == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Forward(x, 0);

    /// <summary>Adds the positions from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentException">The width is another, or there are more steps than positions.</exception>
    public Tensor Forward(Tensor x, int start) => Tape.Record(new AddPositions(_table, _width, start), x);

    /// <inheritdoc/>
    public override string ToString() => $"SinusoidalPositions({_table.Length / _width} × {_width})";
}
