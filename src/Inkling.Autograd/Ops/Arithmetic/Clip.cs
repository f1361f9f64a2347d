using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Limits to a range, <c>y = min(max(x, low), high)</c>, with <c>dy/dx = 1</c> where <c>low ≤ x ≤ high</c>, else 0.</summary>
/// <param name="low">The smallest value.</param>
/// <param name="high">The largest value, not below <paramref name="low"/>.</param>
public readonly struct Clip(real low, real high) : IParametricOp<Clip>
{
    /// <inheritdoc/>
    public static Clip Usual => new(-1, 1);

    internal real Low => low;
    internal real High => high;

    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Min(V.Max(x, (V)low), (V)high);

    /// <inheritdoc/>
    public V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThanOrEqual((V)low, x), V.Select(V.LessThanOrEqual(x, (V)high), (V)(real)1, default), default);
}

/// <summary>The public face of <see cref="Clip"/>.</summary>
public static class ClipExtensions
{
    extension(Tensor x)
    {
        /// <summary>Limits every element to low … high; the gradient passes inside the range, its ends included. Any shape.</summary>
        /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>, or one is NaN.</exception>
        public Tensor Clip(real low, real high)
        {
            if (!(low <= high)) throw new ArgumentException($"Clip: low {low} must not be above high {high}.", nameof(low));
            return x.Apply(new Clip(low, high));
        }
    }
}
