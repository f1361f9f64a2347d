using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Negation, <c>y = -x</c>, with <c>dy/dx = -1</c>.</summary>
public readonly struct Negate : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.None;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => -x;

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => -(V)(real)1;
}

/// <summary>The public face of <see cref="Negate"/>.</summary>
public static class NegateExtensions
{
    extension(Tensor x)
    {
        /// <summary>Negation, <c>y = -x</c>, with <c>dy/dx = -1</c>. Any shape.</summary>
        public Tensor Negate() => Unary.Record<Negate>(x);
    }
}
