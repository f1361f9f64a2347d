using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Sigmoid linear unit, <c>y = x σ(x)</c>, with <c>dy/dx = σ(x) (1 + x (1 - σ(x)))</c> (Elfwing et al. 2018).</summary>
public readonly struct Silu : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => x / ((V)(real)1 + V.Exp(-x));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => Slope(x, (V)(real)1 / ((V)(real)1 + V.Exp(-x)));

    private static V Slope<V>(V x, V sigmoid)
        where V : struct, ILane<V>
        => sigmoid * V.MulAdd(x, (V)(real)1 - sigmoid, (V)(real)1);
}

/// <summary>The public face of <see cref="Silu"/>.</summary>
public static class SiluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Sigmoid linear unit, <c>y = x σ(x)</c>, with <c>dy/dx = σ(x) (1 + x (1 - σ(x)))</c> (Elfwing et al. 2018). Any shape.</summary>
        public Tensor Silu() => Unary.Record<Silu>(x);
    }
}
