using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Piecewise linear sigmoid, <c>y = min(max(x + 3, 0), 6) / 6</c>, with <c>dy/dx = 1/6</c> where <c>−3 &lt; x &lt; 3</c>, else 0 (Howard et al. 2019, §5.2).</summary>
public readonly struct HardSigmoid : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Min(V.Max(V.MulAdd(x, (V)(real)(1.0 / 6), (V)(real)0.5), (V)(real)0), (V)(real)1);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, y), V.Select(V.LessThan(y, (V)(real)1), (V)(real)(1.0 / 6), (V)(real)0), (V)(real)0);
}

/// <summary>The public face of <see cref="HardSigmoid"/>.</summary>
public static class HardSigmoidExtensions
{
    extension(Tensor x)
    {
        /// <summary>Piecewise linear sigmoid, <c>y = min(max(x + 3, 0), 6) / 6</c>, with <c>dy/dx = 1/6</c> where <c>−3 &lt; x &lt; 3</c>, else 0 (Howard et al. 2019, §5.2). Any shape.</summary>
        public Tensor HardSigmoid() => Unary.Record<HardSigmoid>(x);
    }
}
