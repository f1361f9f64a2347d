using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>x · max(0, min(1, x/6 + 1/2))</c> (Howard 2019).</summary>
internal readonly struct HardSwish : IFloatFormula<HardSwish>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        x * T.Max(T.Zero, T.Min(T.One, (x / T.CreateTruncating(6)) + T.CreateTruncating(0.5)));
}
