using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Logistic sigmoid, <c>1 / (1 + e⁻ˣ)</c>.</summary>
internal readonly struct Sigmoid : IFloatFormula<Sigmoid>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Accurate.Logistic(x);
}
