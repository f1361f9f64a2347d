using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Piecewise quadratic form of <see cref="Silu"/>, <c>y = x min(max(x + 3, 0), 6) / 6</c>, with <c>dy/dx = x/3 + 1/2</c> where <c>−3 &lt; x &lt; 3</c>, 0 below and 1 above (Howard et al. 2019, §5.2).</summary>
public readonly struct HardSwish : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => x * V.Min(V.Max(V.MulAdd(x, (V)(real)(1.0 / 6), (V)(real)0.5), (V)(real)0), (V)(real)1);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan(V.Abs(x), (V)(real)3), V.MulAdd(x, (V)(real)(1.0 / 3), (V)(real)0.5), V.Select(V.LessThan((V)(real)0, x), (V)(real)1, (V)(real)0));
}

/// <summary>The public face of <see cref="HardSwish"/>.</summary>
public static class HardSwishExtensions
{
    extension(Tensor x)
    {
        /// <summary>Piecewise quadratic form of <see cref="Silu"/>, <c>y = x min(max(x + 3, 0), 6) / 6</c>, with <c>dy/dx = x/3 + 1/2</c> where <c>−3 &lt; x &lt; 3</c>, 0 below and 1 above (Howard et al. 2019, §5.2). Any shape.</summary>
        public Tensor HardSwish() => Unary.Record<HardSwish>(x);
    }
}
