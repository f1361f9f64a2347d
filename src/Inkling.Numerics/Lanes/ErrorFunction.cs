using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>The complement of the error function on lanes.</summary>
internal static class ErrorFunction
{
    /// <summary>
    /// Chebyshev coefficients of <c>P(s) = ln(erfc(z) e^z² / t)</c>, <c>t = 2 / (2 + z)</c>, <c>s = 2t − 1</c>, for z ≥ 0; the terms left out are below a unit in the last place of the result.
    /// </summary>
    private static ReadOnlySpan<real> Coefficients =>
    [
        (real)(-1.3026537197817094342 / 2),
        (real)0.6419697923564902603, (real)0.019476473204185836312, (real)(-0.0095615147868086316419), (real)(-0.0009465953444820368663),
        (real)0.00036683949785276145187, (real)0.000042523324806907771645, (real)(-0.000020278578112534243154), (real)(-1.6242900046470255135e-6),
        (real)1.3036558355805232018e-6, (real)1.5626441722066143178e-8, (real)(-8.5238095914926542525e-8), (real)6.5290544390988514964e-9,
#if REAL_DOUBLE
        5.0593434955514689418e-9, -9.9136415649303308674e-10, -2.2736512229318358557e-10, 9.646791102015526802e-11, 2.3940380830391147447e-12,
        -6.8860275264975533984e-12, 8.9448792730907257167e-13, 3.1309213993429580783e-13, -1.1270822361367252366e-13, 3.8109052551892320554e-16,
        7.1060976136092369877e-15, -1.5230282014571043042e-15, -9.4574945712912340035e-17, 1.2102371892242789926e-16, -2.8166630877471769731e-17,
#endif
    ];

    /// <summary><c>Φ(x) = ½ erfc(−x / √2)</c>, the distribution function of the normal distribution; relative error some 1e-6 in its lower tail, absolute 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Normal<V>(V x)
        where V : struct, ILane<V>
    {
        V one = (V)(real)1;
        V z = V.Abs(x) * (V)(real)0.70710678118654752440;
        V t = (V)(real)2 / ((V)(real)2 + z);
        V s = (t + t) - one;
        V exponent = V.MulAdd(-z, z, Series(s));
        V half = (V)(real)0.5 * t * V.Exp(exponent);
        return V.Select(V.LessThan((V)(real)0, x), one - half, half);
    }

    /// <summary>Clenshaw's recurrence (Clenshaw 1955).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Series<V>(V s)
        where V : struct, ILane<V>
    {
        V twice = s + s, b1 = default, b2 = default;
        for (int k = Coefficients.Length - 1; k > 0; k--)
        {
            V b = V.MulAdd(twice, b1, (V)Coefficients[k] - b2);
            b2 = b1;
            b1 = b;
        }

        return V.MulAdd(s, b1, (V)Coefficients[0] - b2);
    }
}
