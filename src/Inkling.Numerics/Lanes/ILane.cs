namespace Inkling.Numerics;

/// <summary>
/// A register of <see cref="Count"/> elements on which a formula is written once: one element, or 128, 256 or 512 bits of them.
/// Comparisons give masks (all bits set where true) for <see cref="Select"/>.
/// </summary>
/// <typeparam name="V">The lane type itself.</typeparam>
public interface ILane<V>
    where V : struct, ILane<V>
{
    /// <summary>Elements in the register.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every element.</summary>
    static abstract explicit operator V(real value);

    /// <summary>Loads <see cref="Count"/> elements from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer elements are left.</exception>
    static abstract V Load(ReadOnlySpan<real> source, int offset);

    /// <summary>Stores <see cref="Count"/> elements from <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer elements are left.</exception>
    static abstract void Store(V value, Span<real> destination, int offset);

    /// <summary>Sum.</summary>
    static abstract V operator +(V left, V right);

    /// <summary>Difference.</summary>
    static abstract V operator -(V left, V right);

    /// <summary>Product.</summary>
    static abstract V operator *(V left, V right);

    /// <summary>Quotient.</summary>
    static abstract V operator /(V left, V right);

    /// <summary>Negation, also of zero.</summary>
    static abstract V operator -(V value);

    /// <summary><c>x · y + z</c>: rounded once where the processor has a fused instruction, else twice.</summary>
    static abstract V MulAdd(V x, V y, V z);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract V Sqrt(V x);

    /// <summary>Absolute value.</summary>
    static abstract V Abs(V x);

    /// <summary>The larger; NaN where either is NaN.</summary>
    static abstract V Max(V x, V y);

    /// <summary>The smaller; NaN where either is NaN.</summary>
    static abstract V Min(V x, V y);

    /// <summary><c>eˣ</c> within 2 units in the last place; 0, ∞ and NaN exactly where IEEE arithmetic has them.</summary>
    static abstract V Exp(V x);

    /// <summary>Natural logarithm within 2 units in the last place; −∞ at 0, NaN below it.</summary>
    static abstract V Log(V x);

    /// <summary>Hyperbolic tangent within 4 units in the last place, odd, exact at ±0 and ±∞.</summary>
    static abstract V Tanh(V x);

    /// <summary>Mask of <c>x &lt; y</c>.</summary>
    static abstract V LessThan(V x, V y);

    /// <summary>Mask of <c>x ≤ y</c>.</summary>
    static abstract V LessThanOrEqual(V x, V y);

    /// <summary>Mask of <c>x = y</c>.</summary>
    static abstract V EqualTo(V x, V y);

    /// <summary>Where <paramref name="mask"/> is set <paramref name="whenTrue"/>, else <paramref name="whenFalse"/>.</summary>
    static abstract V Select(V mask, V whenTrue, V whenFalse);

    /// <summary>
    /// Sum of the elements, by halving: the upper half is added to the lower until one is left. The order is that of the wider
    /// registers, so sums of 16 accumulators agree in every bit at every width.
    /// </summary>
    static abstract real Sum(V x);

    /// <summary>The largest element; NaN if one is NaN.</summary>
    static abstract real Maximum(V x);

    /// <summary>Loads <see cref="Count"/> elements.</summary>
    internal static abstract unsafe V Load(real* source);

    /// <summary>Loads the first <paramref name="count"/> elements (0 to <see cref="Count"/>) and sets the others to zero.</summary>
    internal static abstract unsafe V LoadPartial(real* source, int count);

    /// <summary>Stores <see cref="Count"/> elements.</summary>
    internal static abstract unsafe void Store(V value, real* destination);

    /// <summary>Stores the first <paramref name="count"/> elements and touches no memory beyond them.</summary>
    internal static abstract unsafe void StorePartial(V value, real* destination, int count);

    /// <summary>The larger; <paramref name="y"/> where <paramref name="x"/> or it is NaN. One instruction where <see cref="Max"/> takes several.</summary>
    internal static abstract V MaxOrSecond(V x, V y);

    /// <summary>The smaller; <paramref name="y"/> where <paramref name="x"/> or it is NaN.</summary>
    internal static abstract V MinOrSecond(V x, V y);

    /// <summary><c>x · 2ⁿ</c> rounded once, also into the subnormal range; <paramref name="n"/> is an integer in [−252, 254].</summary>
    internal static abstract V TimesPowerOfTwo(V x, V n);

    /// <summary>Splits positive finite <c>x = m · 2ᵉ</c> with m in [√½, √2); subnormal numbers included.</summary>
    internal static abstract V SplitMantissa(V x, out V exponent);

    /// <summary>The magnitude of the first with the sign of the second.</summary>
    internal static abstract V CopySign(V magnitude, V sign);

    /// <summary>
    /// <c>sum ← x · y + sum</c>, rounded as <see cref="MulAdd"/>. Written into the register of the sum: the compiler otherwise builds the result in that of an
    /// operand which is not needed any more and moves it, which costs the innermost loops a quarter of their instructions.
    /// </summary>
    internal static abstract void Accumulate(ref V sum, V x, V y);
}
