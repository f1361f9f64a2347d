using System.Numerics;
using System.Runtime.InteropServices;

namespace Inkling.Tuning;

/// <summary>Sums of products over spans, in lanes.</summary>
internal static class VectorMath
{
    /// <summary><c>Σ a b</c> over the length of <paramref name="a"/>.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        ReadOnlySpan<Vector<double>> lanesA = MemoryMarshal.Cast<double, Vector<double>>(a), lanesB = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sum = default, other = default;
        int i = 0;
        for (; i + 1 < lanesA.Length; i += 2)
        {
            sum += lanesA[i] * lanesB[i];
            other += lanesA[i + 1] * lanesB[i + 1];
        }

        if (i < lanesA.Length) sum += lanesA[i] * lanesB[i];
        double total = Vector.Sum(sum + other);
        for (int k = lanesA.Length * Vector<double>.Count; k < a.Length; k++)
            total += a[k] * b[k];
        return total;
    }

    /// <summary><c>y += factor x</c> over the length of <paramref name="x"/>.</summary>
    public static void Add(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(y);
        var lane = new Vector<double>(factor);
        for (int i = 0; i < from.Length && i < to.Length; i++)
            to[i] += lane * from[i];
        for (int k = from.Length * Vector<double>.Count; k < x.Length; k++)
            y[k] += factor * x[k];
    }
}
