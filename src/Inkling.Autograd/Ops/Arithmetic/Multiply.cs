using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Product, <c>y = a b</c>, element by element.</summary>
public readonly struct Multiply : IBinaryOp
{
    /// <inheritdoc/>
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V>
        => a * b;

    /// <inheritdoc/>
    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => b;

    /// <inheritdoc/>
    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => a;
}

/// <summary>The public face of <see cref="Multiply"/>.</summary>
public static class MultiplyExtensions
{
    extension(Tensor)
    {
        /// <summary>Product, <c>a b</c>, element by element; shapes broadcast from the last axis as in NumPy.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => Binary.Record<Multiply>(a, b);

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(Tensor a, real b) => Binary.Record<Multiply>(a, a.Tape.Constant(b));

        /// <summary>Product with a number.</summary>
        public static Tensor operator *(real a, Tensor b) => Binary.Record<Multiply>(b.Tape.Constant(a), b);
    }
}
