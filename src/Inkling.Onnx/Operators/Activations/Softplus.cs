using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>ln(1 + eˣ)</c>.</summary>
internal readonly struct Softplus : IFloatFormula<Softplus>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Accurate.Softplus(x);
}
