using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x + bias</c> below −λ, <c>x − bias</c> above λ, 0 between; by default λ = 0.5 and bias = 0. Whole numbers are computed with in 64-bit floating point.</summary>
internal readonly struct Shrink(double lambda, double bias) : INumberFormula<Shrink>
{
    public static Shrink From(OperatorCall call) => new(call.Attributes.Float("lambd", 0.5f), call.Attributes.Float("bias", 0));

    public T Apply<T>(T x)
        where T : unmanaged, INumber<T>
    {
        double value = double.CreateTruncating(x);
        return value < -lambda ? T.CreateTruncating(value + bias) : value > lambda ? T.CreateTruncating(value - bias) : T.Zero;
    }
}
