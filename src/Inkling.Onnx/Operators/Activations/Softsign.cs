using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x / (1 + |x|)</c>.</summary>
internal readonly struct Softsign : IFloatFormula<Softsign>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x / (T.One + T.Abs(x));
}
