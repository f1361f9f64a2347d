using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Continuously differentiable exponential linear unit: <c>max(x, 0) + min(0, α (e^(x/α) − 1))</c>; α is 1 by default (Barron 2017).</summary>
internal readonly struct Celu(float alpha) : IFloatFormula<Celu>
{
    public static Celu From(OperatorCall call) => new(call.Attributes.Float("alpha", 1));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T a = T.CreateTruncating(alpha);
        return T.Max(x, T.Zero) + T.Min(T.Zero, a * Accurate.ExpMinusOne(x / a));
    }
}
