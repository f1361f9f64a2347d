using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// A register for dot products of bytes: holds bytes, or 32-bit sums. Integer sums do not depend on their order, so every width gives the
/// same.
/// </summary>
internal unsafe interface IByteLane<S>
    where S : struct, IByteLane<S>
{
    /// <summary>Bytes in the register.</summary>
    static abstract int Count { get; }

    /// <summary>Loads <see cref="Count"/> bytes from any address.</summary>
    static abstract S Load(byte* source);

    /// <summary>
    /// <c>sums + (w xor sign) · magnitude</c>, products of neighbours added up; w in [−127, 127], magnitude in [0, 127], sign 0 or −1.
    /// The ones are 16 bits each and come from memory: a constant would be read from there for each product.
    /// </summary>
    static abstract S AddProducts(S sums, S w, S magnitude, S sign, S ones);

    /// <summary>The same with <see cref="Count"/> weights in memory, which the first instruction reads by itself.</summary>
    static abstract S AddProducts(S sums, byte* w, S magnitude, S sign, S ones);

    /// <summary><c>sums + w · x</c>, products of neighbours added up; both in [−127, 127].</summary>
    static abstract S AddSignedProducts(S sums, S w, S x, S ones);

    /// <summary>Adds up four registers of sums, each to one number.</summary>
    static abstract Vector128<int> Fold(S a, S b, S c, S d);
}

/// <summary>64 products at a time.</summary>
internal readonly unsafe struct ByteLane512(Vector512<int> value) : IByteLane<ByteLane512>
{
    private readonly Vector512<int> _value = value;

    public static int Count => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane512 Load(byte* source) => new(Vector512.Load((int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane512 AddProducts(ByteLane512 sums, ByteLane512 w, ByteLane512 magnitude, ByteLane512 sign, ByteLane512 ones) =>
        Add(sums, sign._value ^ w._value, magnitude, ones);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane512 AddProducts(ByteLane512 sums, byte* w, ByteLane512 magnitude, ByteLane512 sign, ByteLane512 ones) =>
        Add(sums, sign._value ^ Vector512.Load((int*)w), magnitude, ones);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane512 AddSignedProducts(ByteLane512 sums, ByteLane512 w, ByteLane512 x, ByteLane512 ones)
    {
        Vector512<sbyte> left = w._value.AsSByte(), right = x._value.AsSByte();
        Vector512<sbyte> turned = Vector512.ConditionalSelect(Vector512.LessThan(right, Vector512<sbyte>.Zero), -left, left);
        return Add(sums, turned.AsInt32(), new(Vector512.Abs(right).AsInt32()), ones);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ByteLane512 Add(ByteLane512 sums, Vector512<int> w, ByteLane512 magnitude, ByteLane512 ones)
    {
        Vector512<short> pairs = Avx512BW.MultiplyAddAdjacent(magnitude._value.AsByte(), w.AsSByte());
        return new(sums._value + Avx512BW.MultiplyAddAdjacent(pairs, ones._value.AsInt16()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(ByteLane512 a, ByteLane512 b, ByteLane512 c, ByteLane512 d) =>
        ByteLane256.Fold(a.Half(), b.Half(), c.Half(), d.Half());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ByteLane256 Half() => new(_value.GetLower() + _value.GetUpper());
}

/// <summary>32 products at a time.</summary>
internal readonly unsafe struct ByteLane256(Vector256<int> value) : IByteLane<ByteLane256>
{
    private readonly Vector256<int> _value = value;

    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane256 Load(byte* source) => new(Vector256.Load((int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane256 AddProducts(ByteLane256 sums, ByteLane256 w, ByteLane256 magnitude, ByteLane256 sign, ByteLane256 ones) =>
        Add(sums, sign._value ^ w._value, magnitude, ones);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane256 AddProducts(ByteLane256 sums, byte* w, ByteLane256 magnitude, ByteLane256 sign, ByteLane256 ones) =>
        Add(sums, sign._value ^ Vector256.Load((int*)w), magnitude, ones);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane256 AddSignedProducts(ByteLane256 sums, ByteLane256 w, ByteLane256 x, ByteLane256 ones) =>
        Add(sums, Avx2.Sign(w._value.AsSByte(), x._value.AsSByte()).AsInt32(), new(Avx2.Abs(x._value.AsSByte()).AsInt32()), ones);

    /// <summary>One instruction where the processor has it (VNNI), else two products and an addition; the sums are exact either way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ByteLane256 Add(ByteLane256 sums, Vector256<int> w, ByteLane256 magnitude, ByteLane256 ones)
    {
        if (AvxVnni.IsSupported)
            return new(AvxVnni.MultiplyWideningAndAdd(sums._value, magnitude._value.AsByte(), w.AsSByte()));
        Vector256<short> pairs = Avx2.MultiplyAddAdjacent(magnitude._value.AsByte(), w.AsSByte());
        return new(sums._value + Avx2.MultiplyAddAdjacent(pairs, ones._value.AsInt16()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Fold(ByteLane256 a, ByteLane256 b, ByteLane256 c, ByteLane256 d)
    {
        Vector256<int> four = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a._value, b._value), Avx2.HorizontalAdd(c._value, d._value));
        return four.GetLower() + four.GetUpper();
    }
}

/// <summary>16 products at a time, on any processor with vectors.</summary>
internal readonly unsafe struct ByteLane128(Vector128<int> value) : IByteLane<ByteLane128>
{
    private readonly Vector128<int> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane128 Load(byte* source) => new(Vector128.Load((int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane128 AddProducts(ByteLane128 sums, byte* w, ByteLane128 magnitude, ByteLane128 sign, ByteLane128 ones) =>
        AddProducts(sums, Load(w), magnitude, sign, ones);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane128 AddProducts(ByteLane128 sums, ByteLane128 w, ByteLane128 magnitude, ByteLane128 sign, ByteLane128 ones)
    {
        Vector128<sbyte> left = (sign._value ^ w._value).AsSByte();
        if (Ssse3.IsSupported)
        {
            Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(magnitude._value.AsByte(), left);
            return new(sums._value + Sse2.MultiplyAddAdjacent(pairs, ones._value.AsInt16()));
        }

        // Two products fit 16 bits, here as above: 2 · 127 · 128 = 32512.
        Vector128<sbyte> right = magnitude._value.AsSByte();
        Vector128<short> two = (Vector128.WidenLower(left) * Vector128.WidenLower(right)) + (Vector128.WidenUpper(left) * Vector128.WidenUpper(right));
        return new(sums._value + Vector128.WidenLower(two) + Vector128.WidenUpper(two));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteLane128 AddSignedProducts(ByteLane128 sums, ByteLane128 w, ByteLane128 x, ByteLane128 ones)
    {
        Vector128<sbyte> left = w._value.AsSByte(), right = x._value.AsSByte();
        Vector128<short> two = (Vector128.WidenLower(left) * Vector128.WidenLower(right)) + (Vector128.WidenUpper(left) * Vector128.WidenUpper(right));
        return new(sums._value + Vector128.WidenLower(two) + Vector128.WidenUpper(two));
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

    public static ByteLane1 Load(byte* source) => new((sbyte)*source);

    public static ByteLane1 AddProducts(ByteLane1 sums, ByteLane1 w, ByteLane1 magnitude, ByteLane1 sign, ByteLane1 ones) =>
        new(sums._value + ((w._value ^ sign._value) * magnitude._value));

    public static ByteLane1 AddProducts(ByteLane1 sums, byte* w, ByteLane1 magnitude, ByteLane1 sign, ByteLane1 ones) =>
        AddProducts(sums, Load(w), magnitude, sign, ones);

    public static ByteLane1 AddSignedProducts(ByteLane1 sums, ByteLane1 w, ByteLane1 x, ByteLane1 ones) => new(sums._value + (w._value * x._value));

    public static Vector128<int> Fold(ByteLane1 a, ByteLane1 b, ByteLane1 c, ByteLane1 d) =>
        Vector128.Create(a._value, b._value, c._value, d._value);
}
