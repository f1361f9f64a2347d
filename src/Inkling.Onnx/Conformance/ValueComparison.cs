using System.Numerics;

namespace Inkling.Onnx.Conformance;

/// <summary>
/// The suite's idea of equal: the same type and shape, and every element within <c>10⁻⁷ + 10⁻³ · |expected|</c>. NaN equals NaN; infinities must
/// be the same.
/// </summary>
internal static class ValueComparison
{
    private const double Absolute = 1e-7;
    private const double Relative = 1e-3;

    /// <summary>How a value differs from what was expected, as the end of a sentence; null when it does not.</summary>
    public static string? Difference(OnnxValue actual, OnnxValue expected)
    {
        if (actual.Type != expected.Type || !actual.Shape.SequenceEqual(expected.Shape))
            return $"is {ElementTypes.Text(actual.Type)} {actual.ShapeText}, {ElementTypes.Text(expected.Type)} {expected.ShapeText} is expected";
        if (actual is OnnxValue<string> texts)
            return First(texts.Data, expected.As<string>().Data, (a, b) => a == b);
        OnnxValue left = Operators.Conversion.Widen(actual)!, right = Operators.Conversion.Widen(expected)!;
        return left is OnnxValue<bool> truths
            ? First(truths.Data, right.As<bool>().Data, (a, b) => a == b)
            : ElementTypes.RunNumber(left.Type, new Comparing(left, right));
    }

    private static string? First<T>(T[] actual, T[] expected, Func<T, T, bool> same)
    {
        int differing = 0, first = -1;
        for (int i = 0; i < actual.Length; i++)
        {
            if (same(actual[i], expected[i]))
                continue;
            first = first < 0 ? i : first;
            differing++;
        }

        return first < 0 ? null : FormattableString.Invariant($"differs in {differing} of {actual.Length} elements, first at {first}: {actual[first]} where {expected[first]} is expected");
    }

    private sealed class Comparing(OnnxValue actual, OnnxValue expected) : INumberAction<string?>
    {
        public string? Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => First(actual.As<T>().Data, expected.As<T>().Data, Close);

        private static bool Close<T>(T actual, T expected)
            where T : INumber<T>
        {
            double a = double.CreateTruncating(actual), b = double.CreateTruncating(expected);
            return actual == expected || (double.IsNaN(a) && double.IsNaN(b)) || (double.IsFinite(b) && double.Abs(a - b) <= Absolute + (Relative * double.Abs(b)));
        }
    }
}
