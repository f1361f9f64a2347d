using System.Globalization;
using Inkling.Training.Data;

namespace Inkling.Playground;

/// <summary>What a table in text looks like.</summary>
internal sealed class CsvShape
{
    private static readonly char[] s_separators = [',', ';', '\t', '|', ' '];

    private CsvShape(char separator, bool hasHeader, CsvColumn[] columns, int rows, int odd)
        => (Separator, HasHeader, Columns, Rows, Odd) = (separator, hasHeader, columns, rows, odd);

    public char Separator { get; }

    public bool HasHeader { get; }

    public IReadOnlyList<CsvColumn> Columns { get; }

    /// <summary>Rows of as many fields as there are columns, without that of names.</summary>
    public int Rows { get; }

    /// <summary>Rows of another number of fields.</summary>
    public int Odd { get; }

    public IReadOnlyList<string> Names => [.. Columns.Select(column => column.Name)];

    /// <summary>Whether a comma may stand in a number.</summary>
    public bool DecimalComma => Separator != ',';

    /// <summary>The separator that cuts the first lines most evenly; of two that do, the one that makes more fields.</summary>
    public static char SeparatorOf(string text)
    {
        (char Separator, int Score) best = (',', 0);
        foreach (char separator in s_separators)
        {
            int[] counts = FirstCounts(text, separator);
            if (counts.Length == 0 || counts.Max() < 2) continue;
            IGrouping<int, int> most = counts.Where(count => count > 1).GroupBy(count => count).MaxBy(group => group.Count())!;
            int score = (1000 * most.Count() / counts.Length) + Math.Min(most.Key, 20);
            if (score > best.Score) best = (separator, score);
        }

        return best.Separator;
    }

    public static string NameOf(char separator) => separator switch { ',' => "commas", ';' => "semicolons", '\t' => "tabs", '|' => "bars", _ => "spaces" };

    /// <summary>Looks at all rows.</summary>
    /// <exception cref="InvalidDataException">A quote is not closed, or something follows a closed one.</exception>
    public static CsvShape Of(string text, char separator)
    {
        int[] counts = FirstCounts(text, separator);
        int width = counts.Length == 0 ? 1 : counts.GroupBy(count => count).MaxBy(group => group.Count())!.Key, rows = 0, odd = 0;
        CsvColumn[] columns = [.. Enumerable.Range(0, width).Select(place => new CsvColumn(place))];
        string[]? first = null;
        using CsvReader reader = new(new StringReader(text), "the table", separator);
        while (reader.Read() is { } fields)
        {
            if (IsBlank(fields)) continue;
            if (fields.Count != width)
            {
                odd++;
                continue;
            }

            // Whether the first row holds names is known when the others have been seen.
            if (first is null)
            {
                first = [.. fields];
                continue;
            }

            rows++;
            for (int c = 0; c < width; c++) columns[c].Count(fields[c], separator != ',');
        }

        bool header = first is not null && IsHeader(first, columns, separator != ',', rows);
        if (first is not null && !header)
        {
            rows++;
            for (int c = 0; c < width; c++) columns[c].Count(first[c], separator != ',');
        }

        if (header) Name(columns, first!);
        return new CsvShape(separator, header, columns, rows, odd);
    }

    /// <summary>The target: that of a name, or the last column that holds classes, or the last; null when it will not do.</summary>
    public CsvColumn? TargetOf(string? name, out string? problem)
    {
        CsvColumn? column = name is null
            ? Columns.LastOrDefault(one => !one.IsNumeric && one.Different is >= 2 and <= PlaygroundSetup.MostClasses) ?? Columns[^1]
            : Columns.FirstOrDefault(one => one.Name == name);
        problem = column switch
        {
            null => $"There is no column '{CsvReaderText(name!)}'; choose another target.",
            { Different: 0 } => $"The column '{column.Name}' is empty; choose another target.",
            { Different: 1 } => $"All rows say '{CsvReaderText(column.Seen.First())}' in the column '{column.Name}'; there is nothing to tell apart. Choose another target.",
            { IsNumeric: false, Different: > PlaygroundSetup.MostClasses } => $"The column '{column.Name}' holds more than {PlaygroundSetup.MostClasses} different words, and {PlaygroundSetup.MostClasses} classes are the most; choose another target.",
            _ => null,
        };
        return problem is null ? column : null;
    }

    public static bool IsBlank(IReadOnlyList<string> fields) => fields.All(field => field.Length == 0);

    /// <summary>Whether a field says that nothing is known.</summary>
    public static bool IsMissing(string field) => field.Trim() is "" or "?" or "-" or "." || field.Trim().ToUpperInvariant() is "NA" or "N/A" or "NAN" or "NULL" or "NONE" or "INF" or "-INF" or "INFINITY" or "-INFINITY" or "∞";

    /// <summary>The number of a field, or null.</summary>
    public static double? Number(string field, bool decimalComma)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return double.IsFinite(number) ? number : null;
        return decimalComma && field.Contains(',', StringComparison.Ordinal) && double.TryParse(field.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) ? number : null;
    }

    private static string CsvReaderText(string text) => PointCode.Cleaned(text);

    private static int[] FirstCounts(string text, char separator)
    {
        List<int> counts = [];
        using CsvReader reader = new(new StringReader(text.Length > 20_000 ? text[..20_000] : text), "the table", separator);
        try
        {
            while (counts.Count < 30 && reader.Read() is { } fields)
            {
                if (!IsBlank(fields)) counts.Add(fields.Count);
            }
        }
        catch (InvalidDataException)
        {
            // The whole is read again, and says where it is.
        }

        return [.. counts];
    }

    private static bool IsHeader(string[] first, CsvColumn[] columns, bool decimalComma, int rows)
    {
        if (rows == 0 || first.Any(field => Number(field, decimalComma) is not null)) return false;
        return columns.Any(column => column.HasOnlyNumbers) || first.Where((field, c) => columns[c].IsNumeric && !IsMissing(field)).Any();
    }

    /// <summary>Names that are there twice, or not at all, are told apart by their place.</summary>
    private static void Name(CsvColumn[] columns, string[] names)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (CsvColumn column in columns)
        {
            string name = string.IsNullOrWhiteSpace(names[column.Place]) ? column.Name : PointCode.Cleaned(names[column.Place]);
            if (!taken.Add(name)) taken.Add(name = PointCode.Cleaned(FormattableString.Invariant($"{column.Place + 1} {name}")));
            column.Name = name;
        }
    }
}
