using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Logistic sigmoid, <c>y = 1 / (1 + e^-x)</c>, with <c>dy/dx = y (1 - y)</c>.</summary>
public readonly struct Sigmoid : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Output;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => (V)(real)1 / ((V)(real)1 + V.Exp(-x));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => y * ((V)(real)1 - y);
}

/// <summary>The public face of <see cref="Sigmoid"/>.</summary>
public static class SigmoidExtensions
{
    extension(Tensor x)
    {
        /// <summary>Logistic sigmoid, <c>y = 1 / (1 + e^-x)</c>, with <c>dy/dx = y (1 - y)</c>. Any shape.</summary>
        public Tensor Sigmoid() => Unary.Record<Sigmoid>(x);
    }
}
