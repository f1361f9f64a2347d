using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>Random numbers of one point.</summary>
/// <param name="seed">The seed of the set.</param>
/// <param name="point">The number of the point.</param>
public sealed class PointRandom(ulong seed, int point)
{
    private ulong _drawn;

    /// <summary>Uniform in [from, to).</summary>
    public float Uniform(float from, float to) => from + ((to - from) * CounterRandom.Uniform(seed, (ulong)point, _drawn++));

    /// <summary>Normal with a mean and a variance (Box &amp; Muller 1958).</summary>
    public float Normal(float mean, float variance)
    {
        float radius = MathF.Sqrt(-2 * MathF.Log(1 - Uniform(0, 1)));
        return mean + (MathF.Sqrt(variance) * radius * MathF.Cos(2 * MathF.PI * Uniform(0, 1)));
    }
}
