using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x · tanh(ln(1 + eˣ))</c> (Misra 2019).</summary>
internal readonly struct Mish : IFloatFormula<Mish>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x * T.Tanh(Accurate.Softplus(x));
}
