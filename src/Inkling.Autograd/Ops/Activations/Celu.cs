using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Continuously differentiable exponential linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>α (e^(x/α) − 1)</c>, with <c>dy/dx = 1</c> or <c>e^(x/α)</c> (Barron 2017).</summary>
/// <param name="alpha">α, minus the limit at −∞, above 0.</param>
public readonly struct Celu(real alpha) : IParametricOp<Celu>
{
    /// <inheritdoc/>
    public static Celu Usual => new(1);

    internal real Alpha => alpha;

    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), x, (V)alpha * (V.Exp(V.Min(x, (V)(real)0) / (V)alpha) - (V)(real)1));

    /// <inheritdoc/>
    public V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Exp(V.Min(x, (V)(real)0) / (V)alpha);
}

/// <summary>The public face of <see cref="Celu"/>.</summary>
public static class CeluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Continuously differentiable exponential linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>α (e^(x/α) − 1)</c>, with <c>dy/dx = 1</c> or <c>e^(x/α)</c> (Barron 2017). Any shape.</summary>
        /// <param name="alpha">α, minus the limit at −∞, above 0. Default: 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">α is not above 0.</exception>
        public Tensor Celu(double alpha = 1)
        {
            if (!(alpha > 0 && double.IsFinite(alpha))) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Celu: alpha must be above 0 and finite.");
            return x.Apply(new Celu((real)alpha));
        }
    }
}
