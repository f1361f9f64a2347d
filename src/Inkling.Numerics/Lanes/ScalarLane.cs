using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>One element: the lane of processors without vectors, and of the double-precision build of the tests.</summary>
internal readonly struct ScalarLane(real value) : ILane<ScalarLane>
{
    private readonly real _value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static explicit operator ScalarLane(real value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Load(ReadOnlySpan<real> source, int offset) => new(source[offset]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ScalarLane value, Span<real> destination, int offset) => destination[offset] = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ScalarLane Load(real* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ScalarLane LoadPartial(real* source, int count) => count > 0 ? new(*source) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(ScalarLane value, real* destination) => *destination = value._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(ScalarLane value, real* destination, int count)
    {
        if (count > 0)
            *destination = value._value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator +(ScalarLane left, ScalarLane right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator -(ScalarLane left, ScalarLane right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator *(ScalarLane left, ScalarLane right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator /(ScalarLane left, ScalarLane right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane operator -(ScalarLane value) => new(-value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MulAdd(ScalarLane x, ScalarLane y, ScalarLane z) => Lanes.HasFusedMultiplyAdd
        ? new(real.FusedMultiplyAdd(x._value, y._value, z._value))
        : new((x._value * y._value) + z._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ref ScalarLane sum, ScalarLane x, ScalarLane y) => sum = MulAdd(x, y, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Sqrt(ScalarLane x) => new(real.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Abs(ScalarLane x) => new(real.Abs(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Max(ScalarLane x, ScalarLane y) => new(real.Max(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Min(ScalarLane x, ScalarLane y) => new(real.Min(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MaxOrSecond(ScalarLane x, ScalarLane y) => x._value > y._value ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MinOrSecond(ScalarLane x, ScalarLane y) => x._value < y._value ? x : y;

#if REAL_DOUBLE
    public static ScalarLane Exp(ScalarLane x) => new(Math.Exp(x._value));

    public static ScalarLane Log(ScalarLane x) => new(Math.Log(x._value));

    public static ScalarLane Tanh(ScalarLane x) => new(Math.Tanh(x._value));

    public static ScalarLane TimesPowerOfTwo(ScalarLane x, ScalarLane n) => new(Math.ScaleB(x._value, (int)n._value));

    public static ScalarLane SplitMantissa(ScalarLane x, out ScalarLane exponent)
    {
        int e = Math.ILogB(x._value);
        double mantissa = Math.ScaleB(x._value, -e);
        if (mantissa >= Math.Sqrt(2.0))
        {
            mantissa /= 2;
            e++;
        }

        exponent = new(e);
        return new(mantissa);
    }

    private static ScalarLane Mask(bool set) => new(BitConverter.Int64BitsToDouble(set ? -1L : 0L));

    public static ScalarLane Select(ScalarLane mask, ScalarLane whenTrue, ScalarLane whenFalse) =>
        BitConverter.DoubleToInt64Bits(mask._value) != 0 ? whenTrue : whenFalse;
#else
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Exp(ScalarLane x) => LaneMath.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Log(ScalarLane x) => LaneMath.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Tanh(ScalarLane x) => LaneMath.Tanh(x);

    /// <summary>In two exact halves, so that only the last product can round (into the subnormal range).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane TimesPowerOfTwo(ScalarLane x, ScalarLane n)
    {
        // A NaN x brings a NaN n with it, whose conversion is unspecified but whose product is NaN all the same.
        int exponent = (int)n._value;
        int half = exponent >> 1;
        float first = BitConverter.Int32BitsToSingle((half + 127) << 23);
        float second = BitConverter.Int32BitsToSingle((exponent - half + 127) << 23);
        return new(x._value * first * second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane SplitMantissa(ScalarLane x, out ScalarLane exponent)
    {
        // Subnormal numbers are lifted by 2²⁵ first. 0x3F3504F3 is √½: subtracting its bits makes the exponent field round at √½.
        bool tiny = x._value < 1.17549435e-38f;
        int bits = BitConverter.SingleToInt32Bits(tiny ? x._value * 33554432f : x._value);
        int e = (bits - 0x3F3504F3) >> 23;
        exponent = new(e - (tiny ? 25 : 0));
        return new(BitConverter.Int32BitsToSingle(bits - (e << 23)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScalarLane Mask(bool set) => new(BitConverter.Int32BitsToSingle(set ? -1 : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane Select(ScalarLane mask, ScalarLane whenTrue, ScalarLane whenFalse) =>
        BitConverter.SingleToInt32Bits(mask._value) != 0 ? whenTrue : whenFalse;
#endif

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LessThan(ScalarLane x, ScalarLane y) => Mask(x._value < y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane LessThanOrEqual(ScalarLane x, ScalarLane y) => Mask(x._value <= y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane EqualTo(ScalarLane x, ScalarLane y) => Mask(x._value == y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane CopySign(ScalarLane magnitude, ScalarLane sign) => new(real.CopySign(magnitude._value, sign._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static real Sum(ScalarLane x) => x._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static real Maximum(ScalarLane x) => x._value;
}
