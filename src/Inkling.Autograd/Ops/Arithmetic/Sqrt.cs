using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Square root, <c>y = √x</c>, with <c>dy/dx = 1 / (2 y)</c>.</summary>
public readonly struct Sqrt : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Sqrt(x);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => (V)(real)0.5 / y;
}

/// <summary>The public face of <see cref="Sqrt"/>.</summary>
public static class SqrtExtensions
{
    extension(Tensor x)
    {
        /// <summary>Square root, <c>y = √x</c>, with <c>dy/dx = 1 / (2 y)</c>. Any shape.</summary>
        public Tensor Sqrt() => Unary.Record<Sqrt>(x);
    }
}
