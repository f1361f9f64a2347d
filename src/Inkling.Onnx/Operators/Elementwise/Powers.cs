using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>eˣ</c>.</summary>
internal readonly struct Exp : IFloatFormula<Exp>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Exp(x);
}

/// <summary>Natural logarithm; −∞ at 0, NaN below.</summary>
internal readonly struct Log : IFloatFormula<Log>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Log(x);
}

/// <summary>Square root; NaN below 0.</summary>
internal readonly struct Sqrt : IFloatFormula<Sqrt>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sqrt(x);
}

/// <summary><c>1 / x</c>.</summary>
internal readonly struct Reciprocal : IFloatFormula<Reciprocal>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / x;
}

/// <summary>The error function, <c>2/√π ∫₀ˣ e^(−t²) dt</c>.</summary>
internal readonly struct Erf : IFloatFormula<Erf>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => ErrorFunction.Of(x);
}

/// <summary>
/// <c>aᵇ</c>, with the type of a; a and b may be numbers of different kinds. Whole numbers are raised exactly (wrapping around), others
/// in 64 bits.
/// </summary>
internal sealed class Pow : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        (OnnxValue a, OnnxValue b) = LegacyBroadcast.Align(call);
        if (!IsWhole(a.Type) || !IsWhole(b.Type))
        {
            OnnxValue<double> left = Conversion.Convert(a, OnnxElementType.Double).As<double>(), right = Conversion.Convert(b, OnnxElementType.Double).As<double>();
            return [Conversion.Convert(Loops.Zip<double, double, Real>(left, right, default), a.Type)];
        }

        OnnxValue<long> whole = Conversion.Convert(a, OnnxElementType.Int64).As<long>(), exponent = Conversion.Convert(b, OnnxElementType.Int64).As<long>();
        return [Conversion.Convert(Loops.Zip<long, long, Whole>(whole, exponent, default), a.Type)];
    }

    private static bool IsWhole(OnnxElementType type) => type is not (OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16);

    private readonly struct Real : IZip<double, double>
    {
        public double Apply(double a, double b) => double.Pow(a, b);
    }

    private readonly struct Whole : IZip<long, long>
    {
        public long Apply(long a, long b)
        {
            if (b < 0)
                return a is 1 or -1 ? (b % 2 == 0 ? 1 : a) : 0;
            long power = 1;
            for (long factor = a; b > 0; b >>= 1, factor *= factor)
            {
                if ((b & 1) != 0)
                    power *= factor;
            }

            return power;
        }
    }
}
