using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>Absolute value, <c>y = |x|</c>, with <c>dy/dx</c> the sign of x, 0 at 0.</summary>
public readonly struct Abs : IUnaryOp
{
    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public static V Forward<V>(V x)
        where V : struct, ILane<V>
        => V.Abs(x);

    /// <inheritdoc/>
    public static V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => V.Select(V.LessThan((V)(real)0, x), (V)(real)1, V.Select(V.LessThan(x, (V)(real)0), -(V)(real)1, (V)(real)0));
}

/// <summary>The public face of <see cref="Abs"/>.</summary>
public static class AbsExtensions
{
    extension(Tensor x)
    {
        /// <summary>Absolute value, <c>y = |x|</c>, with <c>dy/dx</c> the sign of x, 0 at 0. Any shape.</summary>
        public Tensor Abs() => Unary.Record<Abs>(x);
    }
}
