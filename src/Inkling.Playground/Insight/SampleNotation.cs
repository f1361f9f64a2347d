using System.Globalization;

namespace Inkling.Playground;

/// <summary>How the arithmetic of a sample is written.</summary>
internal static class SampleNotation
{
    /// <summary>A number, rounded for reading.</summary>
    public static string Number(float value)
    {
        double size = Math.Abs((double)value);
        string text = value == 0 ? "0" : size is < 0.001 or >= 1e5 ? value.ToString("0.###e0", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A number behind a sign of operation: a negative one in brackets.</summary>
    public static string Factor(float value) => value < 0 ? $"({Number(value)})" : Number(value);

    /// <summary>A small number below the line.</summary>
    public static string Below(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('₀' + (digit - '0'))));

    /// <summary>A letter with the place of a unit; without it where there is one alone.</summary>
    public static string Of(string letter, int unit, int units) => units == 1 ? letter : letter + Below(unit + 1);

    /// <summary>A weight's name: to which unit, from which.</summary>
    public static string Weight(int to, int from, int units, int inputs) => (units, inputs) switch
    {
        (1, 1) => "w",
        (1, _) => "w" + Below(from + 1),
        (_, 1) => "w" + Below(to + 1),
        _ => "w" + Below(to + 1) + Below(from + 1),
    };

    /// <summary>An operation as people write it.</summary>
    public static string Operation(string name) => name switch
    {
        "Tanh" or "Sigmoid" or "Softplus" or "Softsign" => name.ToLowerInvariant(),
        "Relu" => "ReLU",
        "Relu6" => "ReLU6",
        "LeakyRelu" => "leaky ReLU",
        "NormalizeBatch" => "batch norm",
        _ => name,
    };

    /// <summary>The slope of an operation, by what it said.</summary>
    public static string Slope(string name, string operand, string result) => name switch
    {
        "Tanh" => $"(1 − {result}²)",
        "Sigmoid" => $"{result}·(1 − {result})",
        _ => $"f′({operand})",
    };
}
