using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>Sixteen float32 in 512 bits.</summary>
internal struct Lane512(Vector512<float> value) : ILane<Lane512>
{
    private Vector512<float> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator Lane512(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Load(ReadOnlySpan<float> source, int offset) => new(Vector512.Create(source.Slice(offset, 16)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane512 value, Span<float> destination, int offset) => value._value.CopyTo(destination.Slice(offset, 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Lane512 value, float* destination) => value._value.Store(destination);

    /// <summary>All bits set in the first <paramref name="count"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> First(int count) => Vector512.GreaterThan(Vector512.Create(count), Vector512<int>.Indices).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512 LoadPartial(float* source, int count)
    {
        if (count >= Count)
            return Load(source);
        if (Avx512F.IsSupported)
            return new(Avx512F.MaskLoad(source, First(count), Vector512<float>.Zero));
        Vector512<float> value = Vector512<float>.Zero;
        for (int i = 0; i < count; i++)
            ((float*)&value)[i] = source[i];
        return new(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Lane512 value, float* destination, int count)
    {
        if (count >= Count)
        {
            Store(value, destination);
            return;
        }

        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(destination, First(count), value._value);
            return;
        }

        Vector512<float> copy = value._value;
        for (int i = 0; i < count; i++)
            destination[i] = ((float*)&copy)[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 operator +(Lane512 left, Lane512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 operator -(Lane512 left, Lane512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 operator *(Lane512 left, Lane512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 operator /(Lane512 left, Lane512 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 operator -(Lane512 value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 MulAdd(Lane512 x, Lane512 y, Lane512 z) => Lanes.HasFusedMultiplyAdd
        ? new(Vector512.FusedMultiplyAdd(x._value, y._value, z._value))
        : new((x._value * y._value) + z._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ref Lane512 sum, Lane512 x, Lane512 y)
    {
        if (Lanes.HasFusedMultiplyAdd)
            sum._value = Vector512.FusedMultiplyAdd(x._value, y._value, sum._value);
        else
            sum._value = (x._value * y._value) + sum._value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Sqrt(Lane512 x) => new(Vector512.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Abs(Lane512 x) => new(Vector512.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Max(Lane512 x, Lane512 y) => new(Vector512.Max(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Min(Lane512 x, Lane512 y) => new(Vector512.Min(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 MaxOrSecond(Lane512 x, Lane512 y) => Avx512F.IsSupported
        ? new(Avx512F.Max(x._value, y._value))
        : Select(LessThan(y, x), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 MinOrSecond(Lane512 x, Lane512 y) => Avx512F.IsSupported
        ? new(Avx512F.Min(x._value, y._value))
        : Select(LessThan(x, y), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Exp(Lane512 x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Log(Lane512 x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Tanh(Lane512 x) => LaneMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 LessThan(Lane512 x, Lane512 y) => new(Vector512.LessThan(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 LessThanOrEqual(Lane512 x, Lane512 y) => new(Vector512.LessThanOrEqual(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 EqualTo(Lane512 x, Lane512 y) => new(Vector512.Equals(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 Select(Lane512 mask, Lane512 whenTrue, Lane512 whenFalse) =>
        new(Vector512.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 CopySign(Lane512 magnitude, Lane512 sign) =>
        new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign._value, magnitude._value));

    /// <summary>In two exact halves, so that only the last product can round (into the subnormal range).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 TimesPowerOfTwo(Lane512 x, Lane512 n)
    {
        if (Avx512F.IsSupported)
            return new(Avx512F.Scale(x._value, n._value));
        Vector512<int> exponent = Vector512.ConvertToInt32(n._value);
        Vector512<int> half = exponent >> 1;
        Vector512<float> first = ((half + Vector512.Create(127)) << 23).AsSingle();
        Vector512<float> second = ((exponent - half + Vector512.Create(127)) << 23).AsSingle();
        return new(x._value * first * second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512 SplitMantissa(Lane512 x, out Lane512 exponent)
    {
        // Subnormal numbers are lifted by 2²⁵ first. 0x3F3504F3 is √½: subtracting its bits makes the exponent field round at √½.
        Vector512<float> tiny = Vector512.LessThan(x._value, Vector512.Create(1.17549435e-38f));
        Vector512<float> lifted = Vector512.ConditionalSelect(tiny, x._value * 33554432f, x._value);
        Vector512<int> e = (lifted.AsInt32() - Vector512.Create(0x3F3504F3)) >> 23;
        Vector512<float> lift = tiny & Vector512.Create(25f);
        exponent = new(Vector512.ConvertToSingle(e) - lift);
        return new((lifted.AsInt32() - (e << 23)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane512 x) => Lane256.Sum(new(x._value.GetLower() + x._value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Lane512 x) => Lane256.Maximum(new(Vector256.Max(x._value.GetLower(), x._value.GetUpper())));
}
