using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Functions that .NET lacks or computes with a loss of digits near zero.</summary>
internal static class Accurate
{
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
}
