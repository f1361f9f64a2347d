using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>
/// Rectified linear unit with a slope below 0 that is an operand and can be learnt, <c>y = x</c> where <c>x &gt; 0</c>, else <c>s x</c>; <c>∂y/∂s = x</c> where
/// <c>x ≤ 0</c>, else 0 (He et al. 2015, eq. 1).
/// </summary>
public readonly struct Prelu : IBinaryOp
{
    /// <inheritdoc/>
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, a), a, b * a);

    /// <inheritdoc/>
    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, a), (V)(real)1, b);

    /// <inheritdoc/>
    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, a), (V)(real)0, a);
}

/// <summary>The public face of <see cref="Inkling.Prelu"/>.</summary>
public static class PreluExtensions
{
    extension(Tensor x)
    {
        /// <summary>Rectified linear unit with the slopes of another tensor below 0; shapes broadcast from the last axis, so slopes of channels are <c>[C, 1, 1]</c> to <c>[N, C, H, W]</c>.</summary>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        public Tensor Prelu(Tensor slope) => Binary.Record<Prelu>(x, slope);
    }
}
