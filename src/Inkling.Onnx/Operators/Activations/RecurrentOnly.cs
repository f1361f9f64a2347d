using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>α x + β</c>; an activation of recurrent operators only.</summary>
internal readonly struct Affine(float alpha, float beta) : IFloatFormula<Affine>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (T.CreateTruncating(alpha) * x) + T.CreateTruncating(beta);
}

/// <summary><c>α tanh(β x)</c>; an activation of recurrent operators only.</summary>
internal readonly struct ScaledTanh(float alpha, float beta) : IFloatFormula<ScaledTanh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(alpha) * T.Tanh(T.CreateTruncating(beta) * x);
}
