using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Rectified linear unit, <c>max(x, 0)</c>.</summary>
internal readonly struct Relu : INumberFormula<Relu>, IFloatFormula<Relu>
{
    T INumberFormula<Relu>.Apply<T>(T x) => T.Max(x, T.Zero);

    T IFloatFormula<Relu>.Apply<T>(T x) => T.Max(x, T.Zero);
}
