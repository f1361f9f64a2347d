using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Mish, <c>y = x tanh(ln(1 + e^x))</c> (Misra 2019); computed as <c>x n / (n + 2)</c> with <c>n = e^2x + 2 e^x</c>, which needs one exponential.</summary>
public readonly struct Mish : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => Value(x, V.Exp(V.Min(x, (V)(real)Saturated)));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => Slope(x, V.Exp(V.Min(x, (V)(real)Saturated)));

    // From here on tanh(ln(1 + e^x)) is 1 in every bit, and e^2x is far from overflow.
    private const double Saturated = 20;

    private static V Value<V>(V x, V e)
        where V : struct, ILane<V>
    {
        V n = e * (e + (V)(real)2);
        return x * (n / (n + (V)(real)2));
    }

    private static V Slope<V>(V x, V e)
        where V : struct, ILane<V>
    {
        V n = e * (e + (V)(real)2), d = n + (V)(real)2;
        return (n / d) + (x * ((V)(real)4 * e * (e + (V)(real)1) / (d * d)));
    }
}

/// <summary>The public face of <see cref="Mish"/>.</summary>
public static class MishExtensions
{
    extension(Tensor x)
    {
        /// <summary>Mish, <c>y = x tanh(ln(1 + e^x))</c> (Misra 2019); computed as <c>x n / (n + 2)</c> with <c>n = e^2x + 2 e^x</c>, which needs one exponential. Any shape.</summary>
        public Tensor Mish() => Unary.Record<Mish>(x);
    }
}
