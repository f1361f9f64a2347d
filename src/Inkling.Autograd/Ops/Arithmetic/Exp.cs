using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Exponential, <c>y = e^x</c>, with <c>dy/dx = y</c>.</summary>
public readonly struct Exp : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Exp(x);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => y;
}

/// <summary>The public face of <see cref="Exp"/>.</summary>
public static class ExpExtensions
{
    extension(Tensor x)
    {
        /// <summary>Exponential, <c>y = e^x</c>, with <c>dy/dx = y</c>. Any shape.</summary>
        public Tensor Exp() => Unary.Record<Exp>(x);
    }
}
