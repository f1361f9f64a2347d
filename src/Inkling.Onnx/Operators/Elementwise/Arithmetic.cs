using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>a + b</c>; whole numbers wrap around.</summary>
internal readonly struct Add : INumberPair<Add>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => a + b;

    public static bool HasLanes<T>() => true;

    public static Vector<T> ApplyLanes<T>(Vector<T> a, Vector<T> b) => a + b;
}

/// <summary><c>a − b</c>; whole numbers wrap around.</summary>
internal readonly struct Sub : INumberPair<Sub>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => a - b;

    public static bool HasLanes<T>() => true;

    public static Vector<T> ApplyLanes<T>(Vector<T> a, Vector<T> b) => a - b;
}

/// <summary><c>a · b</c>; whole numbers wrap around.</summary>
internal readonly struct Mul : INumberPair<Mul>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => a * b;

    public static bool HasLanes<T>() => true;

    public static Vector<T> ApplyLanes<T>(Vector<T> a, Vector<T> b) => a * b;
}

/// <summary><c>a / b</c>, of whole numbers rounded towards zero. A whole number divided by 0 is an error.</summary>
internal readonly struct Div : INumberPair<Div>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
        // The smallest number by −1 has no result in its type: it wraps around instead of overflowing.
        T.MinValue < T.Zero && b == -T.One ? -a : a / b;

    public static bool HasLanes<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    public static Vector<T> ApplyLanes<T>(Vector<T> a, Vector<T> b) => a / b;
}

/// <summary>
/// The remainder of <c>a / b</c>: with the sign of b, or, with <c>fmod</c>, with that of a. A whole number divided by 0 is an error.
/// </summary>
internal readonly struct Mod(bool truncated) : INumberPair<Mod>
{
    public static Mod From(OperatorCall call) => new(call.Attributes.Flag("fmod"));

    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        T rest = T.MinValue < T.Zero && b == -T.One && T.IsInteger(a) ? T.Zero : a % b;
        return truncated || rest == T.Zero || T.IsNegative(rest) == T.IsNegative(b) ? rest : rest + b;
    }
}

/// <summary>The larger; NaN where either is NaN.</summary>
internal readonly struct Max : INumberPair<Max>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Max(a, b);
}

/// <summary>The smaller; NaN where either is NaN.</summary>
internal readonly struct Min : INumberPair<Min>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Min(a, b);
}

/// <summary>The mean of any number of tensors, broadcast to one shape.</summary>
internal sealed class Mean : NumberVariadic<Add>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> sum = base.Compute<T>(call)[0]!.As<T>();
        return [Loops.Zip<T, T, NumberZip<T, Div>>(sum, OnnxValue.Scalar(T.CreateTruncating(call.Inputs.Length)), default)];
    }
}
