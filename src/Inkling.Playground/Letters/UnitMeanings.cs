using Inkling.Nn;

namespace Inkling.Playground;

/// <summary>
/// Looks for units that follow something that people can name, such as whether the text stands in quotation marks (Karpathy, Johnson &amp; Fei-Fei 2015, §4.1, found such
/// units by eye). To add something, add a line.
/// </summary>
public static class UnitMeanings
{
    /// <summary>The weakest correlation that is told.</summary>
    public const double Least = 0.5;

    private static readonly (string What, Func<IReadOnlyList<string>, double[]> Of)[] s_features =
    [
        ("inside quotation marks", pieces => Running(pieces, (before, c) => c is "\"" or "“" or "”" ? 1 - before : before)),
        ("inside brackets", pieces => [.. Running(pieces, Depth).Select(depth => Math.Min(1, depth))]),
        ("how deep in brackets", pieces => Running(pieces, Depth)),
        ("how far in the line", pieces => Running(pieces, (before, c) => c.Contains('\n', StringComparison.Ordinal) ? 0 : before + 1)),
        ("how far in the word", pieces => Running(pieces, (before, c) => IsLetter(c) ? before + 1 : 0)),
        ("after a space", pieces => Each(pieces, c => c == " ")),
        ("vowels", pieces => Each(pieces, c => c.Length == 1 && "aeiouAEIOU".Contains(c, StringComparison.Ordinal))),
        ("capital letters", pieces => Each(pieces, c => c.Length == 1 && char.IsUpper(c[0]))),
        ("digits", pieces => Each(pieces, c => c.Length == 1 && char.IsDigit(c[0]))),
    ];

    /// <summary>For each thing that the text has, the unit that follows it best, if one does.</summary>
    public static IReadOnlyList<UnitMeaning> Find(LettersReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        List<UnitMeaning> found = [];
        foreach ((string what, Func<IReadOnlyList<string>, double[]> of) in s_features)
        {
            double[] feature = of(reading.Pieces);
            if (Best(what, feature, reading.Cells) is { } best && Math.Abs(best.Correlation) >= Least) found.Add(best);
        }

        return found;
    }

    private static UnitMeaning? Best(string what, double[] feature, RecurrentTrace cells)
    {
        double mean = feature.Average(), spread = Math.Sqrt(feature.Sum(x => (x - mean) * (x - mean)));
        if (spread < 1e-9 || feature.Length < 20) return null;
        UnitMeaning? best = null;
        double[] sums = new double[cells.Width], squares = new double[cells.Width], products = new double[cells.Width];
        for (int state = 0; state < cells.States; state++)
        {
            Array.Clear(sums);
            Array.Clear(squares);
            Array.Clear(products);
            for (int t = 0; t < feature.Length; t++)
            {
                ReadOnlySpan<float> hidden = cells.Hidden(state, t);
                for (int unit = 0; unit < hidden.Length; unit++)
                {
                    sums[unit] += hidden[unit];
                    squares[unit] += hidden[unit] * hidden[unit];
                    products[unit] += hidden[unit] * (feature[t] - mean);
                }
            }

            for (int unit = 0; unit < sums.Length; unit++)
            {
                double variance = squares[unit] - (sums[unit] * sums[unit] / feature.Length);
                double correlation = variance < 1e-9 ? 0 : products[unit] / (Math.Sqrt(variance) * spread);
                if (best is null || Math.Abs(correlation) > Math.Abs(best.Correlation)) best = new UnitMeaning(what, state + 1, unit + 1, correlation);
            }
        }

        return best;
    }

    private static double Depth(double before, string c) => c switch { "(" or "[" or "{" => before + 1, ")" or "]" or "}" => Math.Max(0, before - 1), _ => before };

    private static bool IsLetter(string c) => c.Length > 0 && char.IsLetter(c[0]);

    private static double[] Each(IReadOnlyList<string> pieces, Func<string, bool> holds) => [.. pieces.Select(piece => holds(piece) ? 1.0 : 0)];

    private static double[] Running(IReadOnlyList<string> pieces, Func<double, string, double> next)
    {
        double[] values = new double[pieces.Count];
        double value = 0;
        for (int i = 0; i < values.Length; i++) values[i] = value = next(value, pieces[i]);
        return values;
    }
}
