using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x</c> from 0 on, <c>α x</c> below; α is 0.01 by default.</summary>
internal readonly struct LeakyRelu(float alpha) : IFloatFormula<LeakyRelu>
{
    public static LeakyRelu From(OperatorCall call) => new(call.Attributes.Float("alpha", 0.01f));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x < T.Zero ? T.CreateTruncating(alpha) * x : x;
}
