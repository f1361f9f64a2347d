using System.Numerics;
using System.Runtime.InteropServices;

namespace Inkling.Tuning;

/// <summary>The Matérn kernel of smoothness 5/2, <c>k = (1 + r + r²/3) e^-r</c> with <c>r² = 5 ρ²</c>, as a function of the squared scaled distance ρ².</summary>
internal static class Matern52
{
    /// <summary>Replaces squared distances by kernel values, and writes <c>dk/dρ² = -5/6 (1 + r) e^-r</c> if there is room for it.</summary>
    /// <param name="distances">ρ² of every pair; afterwards k.</param>
    /// <param name="slopes">Derivatives; empty if they are not wanted.</param>
    /// <param name="scale">Factor of the kernel.</param>
    public static void Apply(Span<double> distances, Span<double> slopes, double scale)
    {
        Span<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(distances), slopeLanes = MemoryMarshal.Cast<double, Vector<double>>(slopes);
        var factor = new Vector<double>(scale);
        for (int i = 0; i < lanes.Length; i++)
        {
            Vector<double> r = Vector.SquareRoot(lanes[i] * 5), e = Vector.Exp(-r) * factor, linear = r + Vector<double>.One;
            if (i < slopeLanes.Length) slopeLanes[i] = linear * e * (-5.0 / 6);
            lanes[i] = (linear + r * r * (1.0 / 3)) * e;
        }

        for (int i = lanes.Length * Vector<double>.Count; i < distances.Length; i++)
        {
            double r = Math.Sqrt(5 * distances[i]), e = Math.Exp(-r) * scale;
            if (!slopes.IsEmpty) slopes[i] = -5.0 / 6 * (1 + r) * e;
            distances[i] = (1 + r + r * r / 3) * e;
        }
    }

    /// <summary>Adds <c>weight (column - x)²</c> to every element, or weight where they differ if the dimension has no order.</summary>
    public static void AddDistance(ReadOnlySpan<double> column, double x, double weight, bool ordered, Span<double> sum)
    {
        sum = sum[..column.Length];
        if (!ordered)
        {
            for (int i = 0; i < column.Length; i++)
                sum[i] += column[i] == x ? 0 : weight;
            return;
        }

        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(column);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(sum);
        Vector<double> place = new(x), factor = new(weight);
        for (int i = 0; i < from.Length && i < to.Length; i++)
        {
            Vector<double> difference = from[i] - place;
            to[i] += factor * difference * difference;
        }

        for (int i = from.Length * Vector<double>.Count; i < column.Length; i++)
            sum[i] += weight * (column[i] - x) * (column[i] - x);
    }
}
