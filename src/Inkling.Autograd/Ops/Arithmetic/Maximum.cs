using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Larger of two, <c>y = max(a, b)</c>, element by element.</summary>
public readonly struct Maximum : IBinaryOp
{
    /// <inheritdoc/>
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V>
        => V.Max(a, b);

    /// <inheritdoc/>
    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan(a, b), (V)(real)0, (V)(real)1);

    /// <inheritdoc/>
    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan(a, b), (V)(real)1, (V)(real)0);
}

/// <summary>The public face of <see cref="Maximum"/>.</summary>
public static class MaximumExtensions
{
    extension(Tensor a)
    {
        /// <summary>Larger of two, <c>max(a, b)</c>, element by element; shapes broadcast. Where they are equal the gradient goes to the left operand.</summary>
        public Tensor Maximum(Tensor other) => Binary.Record<Maximum>(a, other);
    }
}
