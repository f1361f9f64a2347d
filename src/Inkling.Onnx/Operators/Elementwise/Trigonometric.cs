using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Sine of an angle in radians.</summary>
internal readonly struct Sin : IFloatFormula<Sin>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sin(x);
}

/// <summary>Cosine of an angle in radians.</summary>
internal readonly struct Cos : IFloatFormula<Cos>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Cos(x);
}

/// <summary>Tangent of an angle in radians.</summary>
internal readonly struct Tan : IFloatFormula<Tan>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Tan(x);
}

/// <summary>Arc sine, in radians; NaN outside [−1, 1].</summary>
internal readonly struct Asin : IFloatFormula<Asin>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Asin(x);
}

/// <summary>Arc cosine, in radians; NaN outside [−1, 1].</summary>
internal readonly struct Acos : IFloatFormula<Acos>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Acos(x);
}

/// <summary>Arc tangent, in radians.</summary>
internal readonly struct Atan : IFloatFormula<Atan>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atan(x);
}

/// <summary>Hyperbolic sine.</summary>
internal readonly struct Sinh : IFloatFormula<Sinh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Sinh(x);
}

/// <summary>Hyperbolic cosine.</summary>
internal readonly struct Cosh : IFloatFormula<Cosh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Cosh(x);
}

/// <summary>Hyperbolic tangent.</summary>
internal readonly struct Tanh : IFloatFormula<Tanh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Tanh(x);
}

/// <summary>Inverse hyperbolic sine.</summary>
internal readonly struct Asinh : IFloatFormula<Asinh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Asinh(x);
}

/// <summary>Inverse hyperbolic cosine; NaN below 1.</summary>
internal readonly struct Acosh : IFloatFormula<Acosh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Acosh(x);
}

/// <summary>Inverse hyperbolic tangent; NaN outside [−1, 1].</summary>
internal readonly struct Atanh : IFloatFormula<Atanh>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atanh(x);
}
