using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Gaussian error linear unit by its definition, <c>y = x Φ(x)</c> with the normal distribution function Φ, and <c>dy/dx = Φ(x) + x φ(x)</c> (Hendrycks &amp; Gimpel 2016, §2); PyTorch's default. <see cref="Gelu"/> is its approximation by tanh.</summary>
public readonly struct GeluExact : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => x * ErrorFunction.Normal(x);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => ErrorFunction.Normal(x) + (x * (V)(real)InverseSqrtTwoPi * V.Exp((V)(real)(-0.5) * x * x));

    private const double InverseSqrtTwoPi = 0.39894228040143267794;
}

/// <summary>The public face of <see cref="GeluExact"/>.</summary>
public static class GeluExactExtensions
{
    extension(Tensor x)
    {
        /// <summary>Gaussian error linear unit by its definition, <c>y = x Φ(x)</c> with the normal distribution function Φ, and <c>dy/dx = Φ(x) + x φ(x)</c> (Hendrycks &amp; Gimpel 2016, §2); PyTorch's default. <see cref="Gelu"/> is its approximation by tanh. Any shape.</summary>
        public Tensor GeluExact() => Unary.Record<GeluExact>(x);
    }
}
