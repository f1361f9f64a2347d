using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x / (1 + e^(−α x))</c>; α is 1 by default, which is also called SiLU.</summary>
internal readonly struct Swish(float alpha) : IFloatFormula<Swish>
{
    public static Swish From(OperatorCall call) => new(call.Attributes.Float("alpha", 1));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * Accurate.Logistic(T.CreateTruncating(alpha) * x);
}
