using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Difference, <c>y = a - b</c>, element by element.</summary>
public readonly struct Subtract : IBinaryOp
{
    /// <inheritdoc/>
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V>
        => a - b;

    /// <inheritdoc/>
    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => (V)(real)1;

    /// <inheritdoc/>
    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => -(V)(real)1;
}

/// <summary>The public face of <see cref="Subtract"/>.</summary>
public static class SubtractExtensions
{
    extension(Tensor)
    {
        /// <summary>Difference, <c>a - b</c>, element by element; shapes broadcast from the last axis as in NumPy.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => Binary.Record<Subtract>(a, b);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor a, real b) => Binary.Record<Subtract>(a, a.Tape.Constant(b));

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(real a, Tensor b) => Binary.Record<Subtract>(b.Tape.Constant(a), b);
    }
}
