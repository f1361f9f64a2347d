using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>Four float32 in 128 bits.</summary>
internal struct Lane128(Vector128<float> value) : ILane<Lane128>
{
    private Vector128<float> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator Lane128(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Load(ReadOnlySpan<float> source, int offset) => new(Vector128.Create(source.Slice(offset, 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lane128 value, Span<float> destination, int offset) => value._value.CopyTo(destination.Slice(offset, 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Lane128 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane128 LoadPartial(float* source, int count)
    {
        if (count >= Count)
            return Load(source);
        if ((count & 2) == 0)
            return new((count & 1) != 0 ? Vector128.CreateScalar(*source) : Vector128<float>.Zero);
        Vector128<float> pair = Vector128.CreateScalar(*(double*)source).AsSingle();
        return new((count & 1) != 0 ? pair.WithElement(2, source[2]) : pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Lane128 value, float* destination, int count)
    {
        if (count >= Count)
        {
            Store(value, destination);
        }
        else if ((count & 2) != 0)
        {
            *(double*)destination = value._value.AsDouble().ToScalar();
            if ((count & 1) != 0)
                destination[2] = value._value.GetElement(2);
        }
        else if ((count & 1) != 0)
        {
            *destination = value._value.ToScalar();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator +(Lane128 left, Lane128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator -(Lane128 left, Lane128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator *(Lane128 left, Lane128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator /(Lane128 left, Lane128 right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 operator -(Lane128 value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 MulAdd(Lane128 x, Lane128 y, Lane128 z) => Lanes.HasFusedMultiplyAdd
        ? new(Vector128.FusedMultiplyAdd(x._value, y._value, z._value))
        : new((x._value * y._value) + z._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ref Lane128 sum, Lane128 x, Lane128 y)
    {
        if (Lanes.HasFusedMultiplyAdd)
            sum._value = Vector128.FusedMultiplyAdd(x._value, y._value, sum._value);
        else
            sum._value = (x._value * y._value) + sum._value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Sqrt(Lane128 x) => new(Vector128.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Abs(Lane128 x) => new(Vector128.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Max(Lane128 x, Lane128 y) => new(Vector128.Max(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Min(Lane128 x, Lane128 y) => new(Vector128.Min(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 MaxOrSecond(Lane128 x, Lane128 y) => Sse.IsSupported
        ? new(Sse.Max(x._value, y._value))
        : Select(LessThan(y, x), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 MinOrSecond(Lane128 x, Lane128 y) => Sse.IsSupported
        ? new(Sse.Min(x._value, y._value))
        : Select(LessThan(x, y), x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Exp(Lane128 x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Log(Lane128 x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Tanh(Lane128 x) => LaneMath.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 LessThan(Lane128 x, Lane128 y) => new(Vector128.LessThan(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 LessThanOrEqual(Lane128 x, Lane128 y) => new(Vector128.LessThanOrEqual(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 EqualTo(Lane128 x, Lane128 y) => new(Vector128.Equals(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 Select(Lane128 mask, Lane128 whenTrue, Lane128 whenFalse) =>
        new(Vector128.ConditionalSelect(mask._value, whenTrue._value, whenFalse._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 CopySign(Lane128 magnitude, Lane128 sign) =>
        new(Vector128.ConditionalSelect(Vector128.Create(-0f), sign._value, magnitude._value));

    /// <summary>In two exact halves, so that only the last product can round (into the subnormal range).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 TimesPowerOfTwo(Lane128 x, Lane128 n)
    {
        Vector128<int> exponent = Vector128.ConvertToInt32(n._value);
        Vector128<int> half = exponent >> 1;
        Vector128<float> first = ((half + Vector128.Create(127)) << 23).AsSingle();
        Vector128<float> second = ((exponent - half + Vector128.Create(127)) << 23).AsSingle();
        return new(x._value * first * second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128 SplitMantissa(Lane128 x, out Lane128 exponent)
    {
        // Subnormal numbers are lifted by 2²⁵ first. 0x3F3504F3 is √½: subtracting its bits makes the exponent field round at √½.
        Vector128<float> tiny = Vector128.LessThan(x._value, Vector128.Create(1.17549435e-38f));
        Vector128<float> lifted = Vector128.ConditionalSelect(tiny, x._value * 33554432f, x._value);
        Vector128<int> e = (lifted.AsInt32() - Vector128.Create(0x3F3504F3)) >> 23;
        Vector128<float> lift = tiny & Vector128.Create(25f);
        exponent = new(Vector128.ConvertToSingle(e) - lift);
        return new((lifted.AsInt32() - (e << 23)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lane128 x)
    {
        Vector128<float> pairs = x._value + Vector128.Shuffle(x._value, Vector128.Create(2, 3, 2, 3));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(Lane128 x)
    {
        Vector128<float> pairs = Vector128.Max(x._value, Vector128.Shuffle(x._value, Vector128.Create(2, 3, 2, 3)));
        return float.Max(pairs.ToScalar(), pairs.GetElement(1));
    }
}
