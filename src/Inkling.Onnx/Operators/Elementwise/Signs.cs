using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Absolute value. The smallest whole number of a signed type, which has no positive counterpart, stays.</summary>
internal readonly struct Abs : INumberFormula<Abs>
{
    public T Apply<T>(T x)
        where T : unmanaged, INumber<T> => T.IsNegative(x) ? -x : x;
}

/// <summary><c>−x</c>.</summary>
internal readonly struct Neg : INumberFormula<Neg>
{
    public T Apply<T>(T x)
        where T : unmanaged, INumber<T> => -x;
}

/// <summary>1, 0 or −1; NaN of NaN.</summary>
internal readonly struct Sign : INumberFormula<Sign>
{
    public T Apply<T>(T x)
        where T : unmanaged, INumber<T> => x > T.Zero ? T.One : x < T.Zero ? -T.One : x == T.Zero ? T.Zero : x;
}
