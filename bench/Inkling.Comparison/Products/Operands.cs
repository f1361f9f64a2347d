using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// The matrices of a case, on cache lines of their own. Both contestants fill theirs by the same formula, so that the results can be
/// compared by a checksum without sending megabytes.
/// </summary>
internal sealed class Operands
{
    /// <summary>Makes A and B, and room for C.</summary>
    public Operands(ProductCase one)
    {
        A = Pattern(one.M * one.K, 3);
        B = Pattern(one.K * one.N, 5);
        C = new Slab(one.M * one.N);
    }

    public Slab A { get; }

    public Slab B { get; }

    public Slab C { get; }

    /// <summary><c>Σ wᵢ cᵢ</c> with small weights that differ from element to element, and <c>Σ |wᵢ cᵢ|</c>, of which rounding errors are a share.</summary>
    public (double Sum, double Magnitude) Checksum()
    {
        double sum = 0, magnitude = 0;
        Span<float> c = C.Span;
        for (int i = 0; i < c.Length; i++)
        {
            double term = c[i] * ((i % 17) - 8.0);
            sum += term;
            magnitude += Math.Abs(term);
        }

        return (sum, magnitude);
    }

    /// <summary>The fractions r / 1009 − ½ with r = (7919 i + offset) mod 1009, a prime.</summary>
    private static Slab Pattern(int length, int offset)
    {
        var slab = new Slab(length);
        Span<float> values = slab.Span;
        for (int i = 0; i < length; i++)
            values[i] = ((((7919L * i) + offset) % 1009) / 1009f) - 0.5f;
        return slab;
    }
}
