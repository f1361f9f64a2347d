using Inkling.Numerics;

namespace Inkling.Benchmarks;

/// <summary>Operands of benchmarks.</summary>
internal static class Data
{
    /// <summary>Numbers uniform in [−0.5, 0.5), on cache lines.</summary>
    public static Slab Uniform(int length, ulong stream)
    {
        var slab = new Slab(length);
        CounterRandom.Fill(slab.Span, 1, stream, -0.5f, 0.5f);
        return slab;
    }
}
