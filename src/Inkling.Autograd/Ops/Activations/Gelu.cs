using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Gaussian error linear unit in its tanh form, <c>y = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))</c> (Hendrycks &amp; Gimpel 2016, §2).</summary>
public readonly struct Gelu : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => (V)(real)0.5 * x * ((V)(real)1 + V.Tanh(Inner(x)));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => Slope(x, V.Tanh(Inner(x)));

    private const double SqrtTwoOverPi = 0.7978845608028654;
    private const double Cubic = 0.044715;

    private static V Inner<V>(V x)
        where V : struct, ILane<V>
        => (V)(real)SqrtTwoOverPi * x * V.MulAdd((V)(real)Cubic, x * x, (V)(real)1);

    private static V Slope<V>(V x, V t)
        where V : struct, ILane<V>
        => (V)(real)0.5 * ((V)(real)1 + t + (x * ((V)(real)1 - (t * t)) * (V)(real)SqrtTwoOverPi * V.MulAdd((V)(real)(3 * Cubic), x * x, (V)(real)1)));
}

/// <summary>The public face of <see cref="Gelu"/>.</summary>
public static class GeluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Gaussian error linear unit in its tanh form, <c>y = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))</c> (Hendrycks &amp; Gimpel 2016, §2). Any shape.</summary>
        public Tensor Gelu() => Unary.Record<Gelu>(x);
    }
}
