using System.Numerics;
using System.Runtime.CompilerServices;

namespace Inkling.Onnx.Operators;

/// <summary>The error function, <c>erf x = 2/√π ∫₀ˣ e^(−t²) dt</c>.</summary>
internal static class ErrorFunction
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>From here on it is 1 in 64 bits.</summary>
    private const double End = 6;

    /// <summary>Supports of the expansion for 32 bits lie this close: a part of 1.</summary>
    private const int Density = 16;

    /// <summary>erf and its derivative at 0, 1/16, 2/16, …</summary>
    private static readonly (double Value, double Slope)[] s_supports =
        [.. Enumerable.Range(0, ((int)End * Density) + 1).Select(i => (double)i / Density).Select(x => (Precise(x), TwoOverRootPi * double.Exp(-x * x)))];

    /// <summary>The value at x; of 64-bit numbers to 15 digits, of others to 9, relative also near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double value = double.CreateTruncating(x);
        return T.CreateTruncating(typeof(T) == typeof(double) ? Precise(value) : Expanded(value));
    }

    /// <summary>
    /// Taylor's series around the nearest support a, with d = x − a:
    /// <c>erf a + erf′a (d − a d² + (2a² − 1)/3 d³ + (3a − 2a³)/6 d⁴ + (4a⁴ − 12a² + 3)/30 d⁵)</c>; the next term is below 10⁻¹⁰.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Expanded(double x)
    {
        double magnitude = double.Abs(x);
        if (!(magnitude < End))
            return double.IsNaN(x) ? x : double.CopySign(1, x);
        int support = (int)((magnitude * Density) + 0.5);
        double a = (double)support / Density, d = magnitude - a, squared = a * a;
        (double value, double slope) = s_supports[support];
        double sum = ((((4 * squared) - 12) * squared) + 3) / 30;
        sum = (sum * d) + (((3 - (2 * squared)) * a) / 6);
        sum = (sum * d) + (((2 * squared) - 1) / 3);
        sum = (sum * d) - a;
        sum = (sum * d) + 1;
        return double.CopySign(value + (slope * sum * d), x);
    }

    /// <summary>
    /// Near zero the series <c>2/√π e^(−x²) Σ (2x²)ⁿ x / (1·3·…·(2n+1))</c>, whose terms are all of one sign; further out the continued
    /// fraction of <c>1 − erf</c> (Abramowitz and Stegun, 7.1.6 and 7.1.14).
    /// </summary>
    private static double Precise(double x)
    {
        double magnitude = double.Abs(x);
        if (!(magnitude < End))
            return double.IsNaN(x) ? x : double.CopySign(1, x);
        double squared = x * x;
        if (magnitude < 2)
        {
            double term = x, sum = x;
            for (int n = 1; double.Abs(term) > 1e-17 * double.Abs(sum); n++)
            {
                term *= 2 * squared / ((2 * n) + 1);
                sum += term;
            }

            return TwoOverRootPi * double.Exp(-squared) * sum;
        }

        double fraction = magnitude;
        for (int n = 60; n > 0; n--)
            fraction = magnitude + (n / 2.0 / fraction);
        return double.CopySign(1 - (TwoOverRootPi / 2 * double.Exp(-squared) / fraction), x);
    }
}
