using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Exponential linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>α (e^x − 1)</c>, with <c>dy/dx = 1</c> or <c>y + α</c> (Clevert et al. 2016, eq. 15).</summary>
/// <param name="alpha">α, minus the limit at −∞.</param>
public readonly struct Elu(real alpha) : IParametricOp<Elu>
{
    /// <inheritdoc/>
    public static Elu Usual => new(1);

    internal real Alpha => alpha;

    /// <inheritdoc/>
    public static Saves Saves => Saves.Both;

    /// <inheritdoc/>
    public V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), x, (V)alpha * (V.Exp(V.Min(x, (V)(real)0)) - (V)(real)1));

    /// <inheritdoc/>
    public V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), (V)(real)1, y + (V)alpha);
}

/// <summary>The public face of <see cref="Elu"/>.</summary>
public static class EluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Exponential linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>α (e^x − 1)</c>, with <c>dy/dx = 1</c> or <c>y + α</c> (Clevert et al. 2016, eq. 15). Any shape.</summary>
        /// <param name="alpha">α, minus the limit at −∞. Default: 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">α is not finite.</exception>
        public Tensor Elu(double alpha = 1)
        {
            if (!double.IsFinite(alpha)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Elu: the limit alpha must be a finite number.");
            return x.Apply(new Elu((real)alpha));
        }
    }
}
