using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>a &lt; b</c>.</summary>
internal readonly struct Less : IComparison
{
    public static bool Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a < b;
}

/// <summary><c>a ≤ b</c>.</summary>
internal readonly struct LessOrEqual : IComparison
{
    public static bool Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a <= b;
}

/// <summary><c>a &gt; b</c>.</summary>
internal readonly struct Greater : IComparison
{
    public static bool Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a > b;
}

/// <summary><c>a ≥ b</c>.</summary>
internal readonly struct GreaterOrEqual : IComparison
{
    public static bool Apply<T>(T a, T b)
        where T : unmanaged, INumber<T> => a >= b;
}

/// <summary><c>a = b</c> of numbers, truth values or texts; NaN equals nothing.</summary>
internal sealed class Equal : Operator
{
    private static readonly NumberComparison<Same> s_numbers = new();

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        if (call.Input(0).Type is not (OnnxElementType.Bool or OnnxElementType.String))
            return s_numbers.Run(call);
        (OnnxValue a, OnnxValue b) = LegacyBroadcast.Align(call);
        return a is OnnxValue<string> text
            ? [Loops.Zip<string, bool, SameText>(text, b.As<string>(), default)]
            : [Loops.Zip<bool, bool, SameTruth>(a.As<bool>(), b.As<bool>(), default)];
    }

    private readonly struct Same : IComparison
    {
        public static bool Apply<T>(T a, T b)
            where T : unmanaged, INumber<T> => a == b;
    }

    private readonly struct SameText : IZip<string, bool>
    {
        public bool Apply(string a, string b) => a == b;
    }

    private readonly struct SameTruth : IZip<bool, bool>
    {
        public bool Apply(bool a, bool b) => a == b;
    }
}
