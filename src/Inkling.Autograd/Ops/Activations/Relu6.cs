using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Rectified linear unit with a ceiling, <c>y = min(max(x, 0), 6)</c>, with <c>dy/dx = 1</c> where <c>0 &lt; x &lt; 6</c>, else 0 (Krizhevsky 2010).</summary>
public readonly struct Relu6 : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Min(V.Max(x, (V)(real)0), (V)(real)6);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, y), V.Select(V.LessThan(y, (V)(real)6), (V)(real)1, (V)(real)0), (V)(real)0);
}

/// <summary>The public face of <see cref="Relu6"/>.</summary>
public static class Relu6Extensions
{
    extension(Tensor x)
    {
        /// <summary>Rectified linear unit with a ceiling, <c>y = min(max(x, 0), 6)</c>, with <c>dy/dx = 1</c> where <c>0 &lt; x &lt; 6</c>, else 0 (Krizhevsky 2010). Any shape.</summary>
        public Tensor Relu6() => Unary.Record<Relu6>(x);
    }
}
