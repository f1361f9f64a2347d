using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Natural logarithm, <c>y = ln x</c>, with <c>dy/dx = 1 / x</c>. Zero gives −∞, negative numbers give NaN.</summary>
public readonly struct Log : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Log(x);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => (V)(real)1 / x;
}

/// <summary>The public face of <see cref="Log"/>.</summary>
public static class LogExtensions
{
    extension(Tensor x)
    {
        /// <summary>Natural logarithm, <c>y = ln x</c>, with <c>dy/dx = 1 / x</c>. Zero gives −∞, negative numbers give NaN. Any shape.</summary>
        public Tensor Log() => Unary.Record<Log>(x);
    }
}
