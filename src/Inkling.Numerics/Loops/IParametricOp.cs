namespace Inkling.Numerics;

/// <summary>
/// A function of one variable with numbers that are chosen beforehand and not learnt, such as the slope of a leaky ReLU: they are the
/// fields of the structure. What needs none is an <see cref="IUnaryOp"/>.
/// </summary>
/// <typeparam name="TSelf">The structure itself.</typeparam>
public interface IParametricOp<TSelf>
    where TSelf : struct, IParametricOp<TSelf>
{
    /// <summary>The function with the numbers that are usual for it.</summary>
    static abstract TSelf Usual { get; }

    /// <summary>What <see cref="Derivative"/> reads; the rest may be left unset.</summary>
    static abstract Saves Saves { get; }

    /// <summary><c>y = f(x)</c>.</summary>
    V Forward<V>(V x)
        where V : struct, ILane<V>;

    /// <summary><c>dy/dx</c> at x, where y = f(x).</summary>
    V Derivative<V>(V x, V y)
        where V : struct, ILane<V>;
}
