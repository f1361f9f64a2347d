using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Functions that .NET lacks or computes with a loss of digits near zero.</summary>
internal static class Accurate
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary><c>ln(1 + x)</c>, also where 1 + x rounds to 1 (Kahan's correction by the rounding that was made).</summary>
    public static T LogOnePlus<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T sum = T.One + x;
        if (sum == T.One)
            return x;
        return T.IsFinite(sum) ? T.Log(sum) * x / (sum - T.One) : T.Log(sum);
    }

    /// <summary><c>eˣ − 1</c>, also where eˣ rounds to 1 (Kahan's correction).</summary>
    public static T ExpMinusOne<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T power = T.Exp(x);
        if (power == T.One)
            return x;
        T minusOne = power - T.One;
        return minusOne == -T.One || !T.IsFinite(power) ? minusOne : minusOne * x / T.Log(power);
    }

    /// <summary>The logistic function, <c>1 / (1 + e⁻ˣ)</c>.</summary>
    public static T Logistic<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));

    /// <summary><c>ln(1 + eˣ)</c> as <c>max(x, 0) + ln(1 + e^−|x|)</c>, which does not overflow.</summary>
    public static T Softplus<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Max(x, T.Zero) + LogOnePlus(T.Exp(-T.Abs(x)));

    /// <summary>
    /// The error function. Near zero its series <c>2/√π e^(−x²) Σ (2x²)ⁿ x / (1·3·…·(2n+1))</c>, whose terms are all of one sign; further
    /// out the continued fraction of <c>1 − erf</c> (Abramowitz and Stegun, 7.1.6 and 7.1.14).
    /// </summary>
    public static T Erf<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Erf(double.CreateTruncating(x)));

    private static double Erf(double x)
    {
        double magnitude = double.Abs(x);
        if (double.IsNaN(x) || magnitude > 6)
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
