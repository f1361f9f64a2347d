using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Softplus, <c>y = ln(1 + e^x)</c>, with <c>dy/dx = 1 / (1 + e^-x)</c>; computed as <c>max(x, 0) + ln(1 + e^-|x|)</c>, which does not overflow.</summary>
public readonly struct Softplus : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Max(x, (V)(real)0) + V.Log((V)(real)1 + V.Exp(-V.Abs(x)));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => (V)(real)1 / ((V)(real)1 + V.Exp(-x));
}

/// <summary>The public face of <see cref="Softplus"/>.</summary>
public static class SoftplusExtensions
{
    extension(Tensor x)
    {
        /// <summary>Softplus, <c>y = ln(1 + e^x)</c>, with <c>dy/dx = 1 / (1 + e^-x)</c>; computed as <c>max(x, 0) + ln(1 + e^-|x|)</c>, which does not overflow. Any shape.</summary>
        public Tensor Softplus() => Unary.Record<Softplus>(x);
    }
}
