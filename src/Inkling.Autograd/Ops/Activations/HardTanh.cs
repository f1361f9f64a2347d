using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Piecewise linear tanh, <c>y = min(max(x, −1), 1)</c>, with <c>dy/dx = 1</c> where <c>−1 &lt; x &lt; 1</c>, else 0 (Collobert 2004).</summary>
public readonly struct HardTanh : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Min(V.Max(x, -(V)(real)1), (V)(real)1);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan(V.Abs(y), (V)(real)1), (V)(real)1, (V)(real)0);
}

/// <summary>The public face of <see cref="HardTanh"/>.</summary>
public static class HardTanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>Piecewise linear tanh, <c>y = min(max(x, −1), 1)</c>, with <c>dy/dx = 1</c> where <c>−1 &lt; x &lt; 1</c>, else 0 (Collobert 2004). Any shape.</summary>
        public Tensor HardTanh() => Unary.Record<HardTanh>(x);
    }
}
