using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x</c> above α, else 0; α is 1 by default.</summary>
internal readonly struct ThresholdedRelu(float alpha) : IFloatFormula<ThresholdedRelu>
{
    public static ThresholdedRelu From(OperatorCall call) => new(call.Attributes.Float("alpha", 1));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x > T.CreateTruncating(alpha) ? x : T.Zero;
}
