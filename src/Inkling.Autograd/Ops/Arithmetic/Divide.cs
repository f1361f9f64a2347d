using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Quotient, <c>y = a / b</c>, element by element.</summary>
public readonly struct Divide : IBinaryOp
{
    /// <inheritdoc/>
    public static V Forward<V>(V a, V b)
        where V : struct, ILane<V>
        => a / b;

    /// <inheritdoc/>
    public static V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => (V)(real)1 / b;

    /// <inheritdoc/>
    public static V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V>
        => -(y / b);
}

/// <summary>The public face of <see cref="Divide"/>.</summary>
public static class DivideExtensions
{
    extension(Tensor)
    {
        /// <summary>Quotient, <c>a / b</c>, element by element; shapes broadcast from the last axis as in NumPy.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => Binary.Record<Divide>(a, b);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor a, real b) => Binary.Record<Divide>(a, a.Tape.Constant(b));

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(real a, Tensor b) => Binary.Record<Divide>(b.Tape.Constant(a), b);
    }
}
