using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Scaled exponential linear unit, <c>y = λ x</c> for <c>x &gt; 0</c>, else <c>λ α (e^x − 1)</c>, with λ = 1.0507 and α = 1.6733, which keep mean 0 and variance 1 (Klambauer et al. 2017, eq. 2).</summary>
public readonly struct Selu : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Both;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), (V)(real)Scale * x, (V)(real)(Scale * Alpha) * (V.Exp(V.Min(x, (V)(real)0)) - (V)(real)1));

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), (V)(real)Scale, y + (V)(real)(Scale * Alpha));

    private const double Scale = 1.0507009873554804934193349852946;
    private const double Alpha = 1.6732632423543772848170429916717;
}

/// <summary>The public face of <see cref="Selu"/>.</summary>
public static class SeluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Scaled exponential linear unit, <c>y = λ x</c> for <c>x &gt; 0</c>, else <c>λ α (e^x − 1)</c>, with λ = 1.0507 and α = 1.6733, which keep mean 0 and variance 1 (Klambauer et al. 2017, eq. 2). Any shape.</summary>
        public Tensor Selu() => Unary.Record<Selu>(x);
    }
}
