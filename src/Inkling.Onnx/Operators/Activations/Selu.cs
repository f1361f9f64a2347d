using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Scaled exponential linear unit: <c>γ x</c> above 0, <c>γ (α eˣ − α)</c> from 0 down (Klambauer 2017). By default α = 1.6732632… and
/// γ = 1.0507009…; operator sets before 6 rounded them to 1.6732 and 1.0507.
/// </summary>
internal readonly struct Selu(float alpha, float gamma) : IFloatFormula<Selu>
{
    private const int FirstWithExactDefaults = 6;

    public static Selu From(OperatorCall call) => call.Opset < FirstWithExactDefaults
        ? new Selu(call.Attributes.Float("alpha", 1.6732f), call.Attributes.Float("gamma", 1.0507f))
        : new Selu(call.Attributes.Float("alpha", 1.67326319217681884765625f), call.Attributes.Float("gamma", 1.05070102214813232421875f));

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating(gamma) * (x > T.Zero ? x : T.CreateTruncating(alpha) * Accurate.ExpMinusOne(x));
}
