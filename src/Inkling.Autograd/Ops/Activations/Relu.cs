using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Rectified linear unit, <c>y = max(x, 0)</c>, with <c>dy/dx = 1</c> where <c>x &gt; 0</c>, else 0 (Nair &amp; Hinton 2010).</summary>
public readonly struct Relu : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Max(x, (V)(real)0);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, y), (V)(real)1, (V)(real)0);
}

/// <summary>The public face of <see cref="Relu"/>.</summary>
public static class ReluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Rectified linear unit, <c>y = max(x, 0)</c>, with <c>dy/dx = 1</c> where <c>x &gt; 0</c>, else 0 (Nair &amp; Hinton 2010). Any shape.</summary>
        public Tensor Relu() => Unary.Record<Relu>(x);
    }
}
