using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>max(0, min(1, α x + β))</c>; by default α = 0.2 and β = 0.5.</summary>
internal readonly struct HardSigmoid(float alpha, float beta) : IFloatFormula<HardSigmoid>
{
    public static HardSigmoid From(OperatorCall call) => new(call.Attributes.Float("alpha", 0.2f), call.Attributes.Float("beta", 0.5f));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.Max(T.Zero, T.Min(T.One, (T.CreateTruncating(alpha) * x) + T.CreateTruncating(beta)));
}
