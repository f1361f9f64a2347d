using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Softsign, <c>y = x / (1 + |x|)</c>, with <c>dy/dx = 1 / (1 + |x|)²</c> (Turian et al. 2009).</summary>
public readonly struct Softsign : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => x / ((V)(real)1 + V.Abs(x));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => (V)(real)1 / (((V)(real)1 + V.Abs(x)) * ((V)(real)1 + V.Abs(x)));
}

/// <summary>The public face of <see cref="Softsign"/>.</summary>
public static class SoftsignExtensions
{
    extension(Tensor x)
    {
        /// <summary>Softsign, <c>y = x / (1 + |x|)</c>, with <c>dy/dx = 1 / (1 + |x|)²</c> (Turian et al. 2009). Any shape.</summary>
        public Tensor Softsign() => Unary.Record<Softsign>(x);
    }
}
