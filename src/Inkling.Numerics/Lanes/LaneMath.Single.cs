using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Elementary functions of float32 lanes. Every width runs the same operations in the same order, so with fused multiply-add the
/// results agree bit for bit. The polynomials are minimax fits of our own (Remez exchange, 50 digits).
/// </summary>
internal static class LaneMath
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts: the first has 9 trailing zero bits, so n · Ln2High is exact for |n| ≤ 254.
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-6f;

    // Adding and subtracting 1.5 · 2²³ rounds a float of magnitude below 2²² to the nearest integer, ties to even.
    private const float RoundingShift = 12582912f;

    /// <summary>
    /// <c>eˣ = 2ⁿ · eʳ</c> with <c>n = round(x / ln 2)</c>, <c>|r| ≤ ln 2 / 2</c> and <c>eʳ = 1 + r + r² p(r)</c>.
    /// The fit errs by 3.1e-9 relative, far below half a unit in the last place (6e-8).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, ILane<V>
    {
        // Beyond these bounds the result is 0 or ∞ already; the order of operands lets NaN through.
        x = V.MinOrSecond((V)90f, x);
        x = V.MaxOrSecond((V)(-105f), x);
        V n = V.MulAdd(x, (V)Log2E, (V)RoundingShift) - (V)RoundingShift;
        V r = V.MulAdd(n, (V)(-Ln2High), x);
        r = V.MulAdd(n, (V)(-Ln2Low), r);
        return V.TimesPowerOfTwo((V)1f + ExpMinusOne(r), n);
    }

    /// <summary><c>eʳ − 1 = r + r² p(r)</c> for <c>|r| ≤ ln 2 / 2</c>, accurate relative to r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpMinusOne<V>(V r)
        where V : struct, ILane<V>
    {
        V p = (V)0.00138143201f;
        p = V.MulAdd(p, r, (V)0.00836885100f);
        p = V.MulAdd(p, r, (V)0.0416684011f);
        p = V.MulAdd(p, r, (V)0.166665195f);
        p = V.MulAdd(p, r, (V)0.499999934f);
        return V.MulAdd(p, r * r, r);
    }

    /// <summary>
    /// <c>ln x = e · ln 2 + ln m</c> with m in [√½, √2) and <c>ln(1 + f) = f − f²/2 + f³ p(f)</c>; the fit errs by 6e-9 relative.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, ILane<V>
    {
        V f = V.SplitMantissa(x, out V e) - (V)1f;
        V p = (V)(-0.0785962209f);
        p = V.MulAdd(p, f, (V)0.128816485f);
        p = V.MulAdd(p, f, (V)(-0.131287512f));
        p = V.MulAdd(p, f, (V)0.141811917f);
        p = V.MulAdd(p, f, (V)(-0.166245544f));
        p = V.MulAdd(p, f, (V)0.200022862f);
        p = V.MulAdd(p, f, (V)(-0.250008103f));
        p = V.MulAdd(p, f, (V)0.333333167f);
        V squared = f * f;
        V tail = V.MulAdd(p * f, squared, e * (V)Ln2Low);
        tail = V.MulAdd((V)(-0.5f), squared, tail);
        V result = V.MulAdd(e, (V)Ln2High, f + tail);
        // ∞ and NaN give themselves (x + x keeps both), 0 gives −∞ and what is below gives NaN.
        V finite = V.LessThan(x, (V)float.PositiveInfinity);
        V positive = V.LessThan((V)0f, x);
        V edge = V.Select(V.EqualTo(x, (V)0f), (V)float.NegativeInfinity, (V)float.NaN);
        return V.Select(positive, V.Select(finite, result, x), edge);
    }

    /// <summary>
    /// <c>tanh |x| = q / (q + 2)</c> with <c>q = e^(2|x|) − 1 = 2ⁿ (eʳ − 1) + (2ⁿ − 1)</c>, which keeps full relative accuracy near 0
    /// (there n = 0 and q is the odd-looking series itself); the sign is put back at the end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, ILane<V>
    {
        // tanh 10 is 1 in float32. The order of operands lets NaN through.
        V twice = V.Abs(x);
        twice = V.MinOrSecond((V)20f, twice + twice);
        V n = V.MulAdd(twice, (V)Log2E, (V)RoundingShift) - (V)RoundingShift;
        V r = V.MulAdd(n, (V)(-Ln2High), twice);
        r = V.MulAdd(n, (V)(-Ln2Low), r);
        V scale = V.TimesPowerOfTwo((V)1f, n);
        V q = V.MulAdd(scale, ExpMinusOne(r), scale - (V)1f);
        return V.CopySign(q / (q + (V)2f), x);
    }
}
