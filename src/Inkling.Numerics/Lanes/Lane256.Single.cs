using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>Eight float32 in 256 bits.</summary>
internal struct Lane256(Vector256<float> value) : ILane<Lane256>
{
    private Vector256<float> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator Lane256(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Load(ReadOnlySpan<float> source, int offset) => new(Vector256.Create(source.Slice(offset, 8)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane256 value, Span<float> destination, int offset) => value._value.CopyTo(destination.Slice(offset, 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Lane256 value, float* destination) => value._value.Store(destination);

    /// <summary>All bits set in the first <paramref name="count"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> First(int count) => Vector256.GreaterThan(Vector256.Create(count), Vector256<int>.Indices).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256 LoadPartial(float* source, int count)
    {
        if (count >= Count)
            return Load(source);
        if (Avx.IsSupported)
            return new(Avx.MaskLoad(source, First(count)));
        Vector256<float> value = Vector256<float>.Zero;
        for (int i = 0; i < count; i++)
            ((float*)&value)[i] = source[i];
        return new(value);
    }

    /// <summary>In halves, and not masked: a masked store takes 12 cycles on AMD's processors before AVX-512, full or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Lane256 value, float* destination, int count)
    {
        if (count >= Count)
        {
            Store(value, destination);
            return;
        }

        Lane128 rest = new(value._value.GetLower());
        if ((count & 4) != 0)
        {
            Lane128.Store(rest, destination);
            destination += 4;
            rest = new(value._value.GetUpper());
        }

        Lane128.StorePartial(rest, destination, count & 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 operator +(Lane256 left, Lane256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 operator -(Lane256 left, Lane256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 operator *(Lane256 left, Lane256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 operator /(Lane256 left, Lane256 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 operator -(Lane256 value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 MulAdd(Lane256 x, Lane256 y, Lane256 z) => Lanes.HasFusedMultiplyAdd
        ? new(Vector256.FusedMultiplyAdd(x._value, y._value, z._value))
        : new((x._value * y._value) + z._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ref Lane256 sum, Lane256 x, Lane256 y)
    {
        if (Lanes.HasFusedMultiplyAdd)
            sum._value = Vector256.FusedMultiplyAdd(x._value, y._value, sum._value);
        else
            sum._value = (x._value * y._value) + sum._value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Sqrt(Lane256 x) => new(Vector256.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Abs(Lane256 x) => new(Vector256.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Max(Lane256 x, Lane256 y) => new(Vector256.Max(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Min(Lane256 x, Lane256 y) => new(Vector256.Min(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 MaxOrSecond(Lane256 x, Lane256 y) => Avx.IsSupported
        ? new(Avx.Max(x._value, y._value))
        : Select(LessThan(y, x), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 MinOrSecond(Lane256 x, Lane256 y) => Avx.IsSupported
        ? new(Avx.Min(x._value, y._value))
        : Select(LessThan(x, y), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Exp(Lane256 x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Log(Lane256 x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Tanh(Lane256 x) => LaneMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 LessThan(Lane256 x, Lane256 y) => new(Vector256.LessThan(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 LessThanOrEqual(Lane256 x, Lane256 y) => new(Vector256.LessThanOrEqual(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 EqualTo(Lane256 x, Lane256 y) => new(Vector256.Equals(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 Select(Lane256 mask, Lane256 whenTrue, Lane256 whenFalse) =>
        new(Vector256.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 CopySign(Lane256 magnitude, Lane256 sign) =>
        new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign._value, magnitude._value));

    /// <summary>In two exact halves, so that only the last product can round (into the subnormal range).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 TimesPowerOfTwo(Lane256 x, Lane256 n)
    {
        Vector256<int> exponent = Vector256.ConvertToInt32(n._value);
        Vector256<int> half = exponent >> 1;
        Vector256<float> first = ((half + Vector256.Create(127)) << 23).AsSingle();
        Vector256<float> second = ((exponent - half + Vector256.Create(127)) << 23).AsSingle();
        return new(x._value * first * second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256 SplitMantissa(Lane256 x, out Lane256 exponent)
    {
        // Subnormal numbers are lifted by 2²⁵ first. 0x3F3504F3 is √½: subtracting its bits makes the exponent field round at √½.
        Vector256<float> tiny = Vector256.LessThan(x._value, Vector256.Create(1.17549435e-38f));
        Vector256<float> lifted = Vector256.ConditionalSelect(tiny, x._value * 33554432f, x._value);
        Vector256<int> e = (lifted.AsInt32() - Vector256.Create(0x3F3504F3)) >> 23;
        Vector256<float> lift = tiny & Vector256.Create(25f);
        exponent = new(Vector256.ConvertToSingle(e) - lift);
        return new((lifted.AsInt32() - (e << 23)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane256 x) => Lane128.Sum(new(x._value.GetLower() + x._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Lane256 x) => Lane128.Maximum(new(Vector128.Max(x._value.GetLower(), x._value.GetUpper())));
}
