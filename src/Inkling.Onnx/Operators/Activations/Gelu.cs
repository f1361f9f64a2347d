using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Gaussian error linear unit, <c>x/2 (1 + erf(x/√2))</c>, or with <c>approximate</c> = tanh
/// <c>x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))</c> (Hendrycks and Gimpel 2016).
/// </summary>
internal readonly struct Gelu(bool tanh) : IFloatFormula<Gelu>
{
    public static Gelu From(OperatorCall call) => call.Attributes.Text("approximate", "none") switch
    {
        "none" => new Gelu(tanh: false),
        "tanh" => new Gelu(tanh: true),
        string other => throw new OnnxException($"'approximate' is '{other}', none or tanh is wanted"),
    };

    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        return tanh
            ? half * x * (T.One + T.Tanh(T.CreateTruncating(0.7978845608028654) * (x + (T.CreateTruncating(0.044715) * x * x * x))))
            : half * x * (T.One + ErrorFunction.Of(x * T.CreateTruncating(0.7071067811865476)));
    }
}
