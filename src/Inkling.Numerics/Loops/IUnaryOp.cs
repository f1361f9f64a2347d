namespace Inkling.Numerics;

/// <summary>What a derivative reads.</summary>
[Flags]
public enum Saves
{
    /// <summary>Nothing: the derivative is constant.</summary>
    None = 0,

    /// <summary>The input x.</summary>
    Input = 1,

    /// <summary>The output y.</summary>
    Output = 2,

    /// <summary>Both.</summary>
    Both = Input | Output,
}

/// <summary>A function of one variable, formula and derivative together; every loop and lane width is made from it.</summary>
public interface IUnaryOp
{
    /// <summary>What <see cref="Derivative"/> reads; the rest may be left unset.</summary>
    static abstract Saves Saves { get; }

    /// <summary><c>y = f(x)</c>.</summary>
    static abstract V Forward<V>(V x)
        where V : struct, ILane<V>;

    /// <summary><c>dy/dx</c> at x, where y = f(x).</summary>
    static abstract V Derivative<V>(V x, V y)
        where V : struct, ILane<V>;
}

/// <summary>A function of two variables, formula and derivatives together.</summary>
public interface IBinaryOp
{
    /// <summary><c>y = f(a, b)</c>.</summary>
    static abstract V Forward<V>(V a, V b)
        where V : struct, ILane<V>;

    /// <summary><c>∂y/∂a</c>.</summary>
    static abstract V DerivativeLeft<V>(V a, V b, V y)
        where V : struct, ILane<V>;

    /// <summary><c>∂y/∂b</c>.</summary>
    static abstract V DerivativeRight<V>(V a, V b, V y)
        where V : struct, ILane<V>;
}
