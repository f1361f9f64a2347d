using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Hyperbolic tangent, <c>y = tanh x</c>, with <c>dy/dx = 1 - y²</c>.</summary>
public readonly struct Tanh : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Tanh(x);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => (V)(real)1 - (y * y);
}

/// <summary>The public face of <see cref="Tanh"/>.</summary>
public static class TanhExtensions
{
    extension(Tensor x)
    {
        /// <summary>Hyperbolic tangent, <c>y = tanh x</c>, with <c>dy/dx = 1 - y²</c>. Any shape.</summary>
        public Tensor Tanh() => Unary.Record<Tanh>(x);
    }
}
