using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Square, <c>y = x²</c>, with <c>dy/dx = 2 x</c>.</summary>
public readonly struct Square : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => x * x;

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => x + x;
}

/// <summary>The public face of <see cref="Square"/>.</summary>
public static class SquareExtensions
{
    extension(Tensor x)
    {
        /// <summary>Square, <c>y = x²</c>, with <c>dy/dx = 2 x</c>. Any shape.</summary>
        public Tensor Square() => Unary.Record<Square>(x);
    }
}
