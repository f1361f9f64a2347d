using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// A register for dot products of bytes with 16-bit numbers: holds 32-bit sums, or bytes widened to 16 bits. Integer sums do not
/// depend on their order, so every width gives the same.
/// </summary>
internal unsafe interface IByteLane<S>
    where S : struct, IByteLane<S>
{
    /// <summary>Products added at a time.</summary>
    static abstract int Count { get; }

    /// <summary>Loads <see cref="Count"/> bytes and widens them.</summary>
    static abstract S Widen(sbyte* w);

    /// <summary>Adds the products of widened bytes with <see cref="Count"/> numbers to the sums.</summary>
    static abstract S AddProducts(S sums, S w, short* x);

    /// <summary>Adds up four registers of sums, each to one number.</summary>
    static abstract Vector128<int> Fold(S a, S b, S c, S d);
}

/// <summary>32 products at a time.</summary>
internal readonly unsafe struct ByteLane512(Vector512<int> value) : IByteLane<ByteLane512>
{
    private readonly Vector512<int> _value = value;

    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane512 Widen(sbyte* w) => new(Avx512BW.ConvertToVector512Int16(Vector256.Load(w)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane512 AddProducts(ByteLane512 sums, ByteLane512 w, short* x) =>
        new(sums._value + Avx512BW.MultiplyAddAdjacent(w._value.AsInt16(), Vector512.Load(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(ByteLane512 a, ByteLane512 b, ByteLane512 c, ByteLane512 d) =>
        ByteLane256.Fold(a.Half(), b.Half(), c.Half(), d.Half());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ByteLane256 Half() => new(_value.GetLower() + _value.GetUpper());
}

/// <summary>16 products at a time.</summary>
internal readonly unsafe struct ByteLane256(Vector256<int> value) : IByteLane<ByteLane256>
{
    private readonly Vector256<int> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane256 Widen(sbyte* w) => new(Avx2.ConvertToVector256Int16(Vector128.Load(w)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane256 AddProducts(ByteLane256 sums, ByteLane256 w, short* x) =>
        new(sums._value + Avx2.MultiplyAddAdjacent(w._value.AsInt16(), Vector256.Load(x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(ByteLane256 a, ByteLane256 b, ByteLane256 c, ByteLane256 d)
    {
        Vector256<int> four = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a._value, b._value), Avx2.HorizontalAdd(c._value, d._value));
        return four.GetLower() + four.GetUpper();
    }
}

/// <summary>8 products at a time, on any processor with vectors.</summary>
internal readonly unsafe struct ByteLane128(Vector128<int> value) : IByteLane<ByteLane128>
{
    private readonly Vector128<int> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane128 Widen(sbyte* w) => new(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(long*)w).AsSByte()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane128 AddProducts(ByteLane128 sums, ByteLane128 w, short* x)
    {
        Vector128<short> left = w._value.AsInt16(), right = Vector128.Load(x);
        if (Sse2.IsSupported)
            return new(sums._value + Sse2.MultiplyAddAdjacent(left, right));
        Vector128<int> low = Vector128.WidenLower(left) * Vector128.WidenLower(right);
        return new(sums._value + low + (Vector128.WidenUpper(left) * Vector128.WidenUpper(right)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(ByteLane128 a, ByteLane128 b, ByteLane128 c, ByteLane128 d) =>
        Vector128.Create(Vector128.Sum(a._value), Vector128.Sum(b._value), Vector128.Sum(c._value), Vector128.Sum(d._value));
}

/// <summary>One product at a time.</summary>
internal readonly unsafe struct ByteLane1(int value) : IByteLane<ByteLane1>
{
    private readonly int _value = value;

    public static int Count => 1;

    public static ByteLane1 Widen(sbyte* w) => new(*w);

    public static ByteLane1 AddProducts(ByteLane1 sums, ByteLane1 w, short* x) => new(sums._value + (w._value * *x));

    public static Vector128<int> Fold(ByteLane1 a, ByteLane1 b, ByteLane1 c, ByteLane1 d) =>
        Vector128.Create(a._value, b._value, c._value, d._value);
}
