using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Whether an element is NaN.</summary>
internal readonly struct IsNaN : IFloatTest<IsNaN>
{
    public bool Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsNaN(x);
}

/// <summary>Whether an element is infinite; <c>detect_positive</c> and <c>detect_negative</c> (both on) choose the sign.</summary>
internal readonly struct IsInf(bool positive, bool negative) : IFloatTest<IsInf>
{
    public static IsInf From(OperatorCall call) => new(call.Attributes.Flag("detect_positive", true), call.Attributes.Flag("detect_negative", true));

    public bool Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (positive && T.IsPositiveInfinity(x)) || (negative && T.IsNegativeInfinity(x));
}
