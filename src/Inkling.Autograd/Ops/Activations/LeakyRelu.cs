using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Leaky rectified linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>s x</c>, with <c>dy/dx = 1</c> or s (Maas et al. 2013, §2.1).</summary>
/// <param name="slope">s, the slope below 0.</param>
public readonly struct LeakyRelu(real slope) : IParametricOp<LeakyRelu>
{
    /// <inheritdoc/>
    public static LeakyRelu Usual => new((real)0.01);

    internal real Slope => slope;

    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), x, (V)slope * x);

    /// <inheritdoc/>
    public V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), (V)(real)1, (V)slope);
}

/// <summary>The public face of <see cref="LeakyRelu"/>.</summary>
public static class LeakyReluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Leaky rectified linear unit, <c>y = x</c> where <c>x &gt; 0</c>, else <c>s x</c>, with <c>dy/dx = 1</c> or s (Maas et al. 2013, §2.1). Any shape.</summary>
        /// <param name="slope">s, the slope below 0. Default: 0.01.</param>
        /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
        public Tensor LeakyRelu(double slope = 0.01)
        {
            if (!double.IsFinite(slope)) throw new ArgumentOutOfRangeException(nameof(slope), slope, "LeakyRelu: the slope must be a finite number.");
            return x.Apply(new LeakyRelu((real)slope));
        }
    }
}
