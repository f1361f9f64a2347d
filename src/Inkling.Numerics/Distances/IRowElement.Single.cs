using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Inkling.Numerics;

/// <summary>What the elements of a row are, and how they become a register of float32.</summary>
internal unsafe interface IRowElement
{
    /// <summary>Bytes of an element.</summary>
    static abstract int Size { get; }

    /// <summary>A whole register of elements.</summary>
    static abstract V Load<V>(byte* source)
        where V : struct, ILane<V>;

    /// <summary>The first <paramref name="count"/> elements of a register, zeros behind them; nothing else is read.</summary>
    static abstract V LoadPartial<V>(byte* source, int count)
        where V : struct, ILane<V>;
}

/// <summary>float32.</summary>
internal readonly unsafe struct SingleElement : IRowElement
{
    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(byte* source)
        where V : struct, ILane<V> => V.Load((float*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadPartial<V>(byte* source, int count)
        where V : struct, ILane<V> => V.LoadPartial((float*)source, count);
}

/// <summary>
/// float16, finite. Its exponent and fraction, moved to where float32 has them, are a number 2⁻¹¹² times as large, subnormal ones included; so
/// widening takes a shift, a mask and a product that is exact.
/// </summary>
internal readonly unsafe struct HalfElement : IRowElement
{
    private const float TwoTo112 = 5192296858534827628530496329220096f;
    private const int SignExponentFraction = unchecked((int)0x8FFFE000);
    private const int Shift = 13;

    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V>(byte* source)
        where V : struct, ILane<V>
    {
        if (V.Count == 16)
        {
            // The sign fills the upper half of the widened number; the mask leaves one of its copies.
            Vector512<int> wide = Vector512.Create(
                Vector256.WidenLower(Vector256.Load((short*)source)), Vector256.WidenUpper(Vector256.Load((short*)source)));
            return Unsafe.BitCast<Vector512<float>, V>(((wide << Shift) & Vector512.Create(SignExponentFraction)).AsSingle() * TwoTo112);
        }

        if (V.Count == 8)
        {
            Vector128<short> eight = Vector128.Load((short*)source);
            Vector256<int> wide = Vector256.Create(Vector128.WidenLower(eight), Vector128.WidenUpper(eight));
            return Unsafe.BitCast<Vector256<float>, V>(((wide << Shift) & Vector256.Create(SignExponentFraction)).AsSingle() * TwoTo112);
        }

        if (V.Count == 4)
        {
            Vector128<int> wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(source)).AsInt16());
            return Unsafe.BitCast<Vector128<float>, V>(((wide << Shift) & Vector128.Create(SignExponentFraction)).AsSingle() * TwoTo112);
        }

        return (V)(float)Unsafe.ReadUnaligned<Half>(source);
    }

    public static V LoadPartial<V>(byte* source, int count)
        where V : struct, ILane<V>
    {
        ushort* copy = stackalloc ushort[16];
        new Span<ushort>(copy, 16).Clear();
        Buffer.MemoryCopy(source, copy, 32, (long)int.Min(count, V.Count) * Size);
        return Load<V>((byte*)copy);
    }
}
