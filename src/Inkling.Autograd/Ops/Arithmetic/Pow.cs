using Inkling.Numerics;
using Inkling.Ops;

namespace Inkling;

/// <summary>
/// Power with a fixed exponent, <c>y = xᵖ</c>, with <c>dy/dx = p xᵖ⁻¹</c>; computed as <c>e^(p ln |x|)</c>. Of negative x only whole exponents have one: NaN
/// otherwise.
/// </summary>
public readonly struct Pow : IParametricOp<Pow>
{
    private readonly real _exponent;
    private readonly real _sign;

    /// <summary>Names the exponent.</summary>
    /// <param name="exponent">p.</param>
    public Pow(real exponent)
    {
        _exponent = exponent;
        _sign = SignOfNegative(exponent);
    }

    /// <inheritdoc/>
    public static Pow Usual => new(3);

    internal real Exponent => _exponent;

    /// <inheritdoc/>
    public static Saves Saves => Saves.Input;

    /// <inheritdoc/>
    public V Forward<V>(V x)
        where V : struct, ILane<V>
        => Power(x, _exponent, _sign);

    /// <inheritdoc/>
    public V Derivative<V>(V x, V y)
        where V : struct, ILane<V>
        => _exponent == 0 ? default : (V)_exponent * Power(x, _exponent - 1, -_sign);

    /// <summary>What a power of −1 is: 1, −1, or NaN where it has none.</summary>
    private static real SignOfNegative(real exponent) => real.IsInteger(exponent) ? real.IsOddInteger(exponent) ? -1 : 1 : real.NaN;

    // 0 · ln 0 is no number, but x⁰ is 1 everywhere.
    private static V Power<V>(V x, real exponent, real sign)
        where V : struct, ILane<V>
    {
        if (exponent == 0) return (V)(real)1;
        V magnitude = V.Exp((V)exponent * V.Log(V.Abs(x)));
        return V.Select(V.LessThan(x, (V)(real)0), (V)sign * magnitude, magnitude);
    }
}

/// <summary>The public face of <see cref="Pow"/>.</summary>
public static class PowExtensions
{
    extension(Tensor x)
    {
        /// <summary>Power with a fixed exponent, <c>xᵖ</c>, with <c>dy/dx = p xᵖ⁻¹</c>; of negative elements NaN unless p is whole. Any shape.</summary>
        public Tensor Pow(real exponent) => exponent == 2 ? x.Square() : exponent == (real)0.5 ? x.Sqrt() : x.Apply(new Pow(exponent));
    }
}
