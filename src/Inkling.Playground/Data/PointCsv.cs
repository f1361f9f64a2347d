using System.Globalization;
using System.Text;
using Inkling.Training.Data;

namespace Inkling.Playground;

/// <summary>Points from a table in text and back. Separator, header and target are guessed; what was done is told in words, and so is what cannot be done.</summary>
public static class PointCsv
{
    /// <summary>The most characters that are read; what comes after is left out.</summary>
    public const int MostCharacters = 4 * 1024 * 1024;

    /// <summary>Reads a table.</summary>
    /// <param name="text">Lines of fields with commas, semicolons, tabs, bars or spaces between; see <see cref="CsvReader"/> for quotes.</param>
    /// <param name="target">The column that is to be said by the network; null for the last that will do.</param>
    public static PointCsvReading Read(string text, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> notes = [];
        if (text.Length > MostCharacters)
        {
            notes.Add(Say($"Of {text.Length:N0} characters the first {MostCharacters:N0} were read."));
            text = text[..Math.Max(1, text.LastIndexOf('\n', MostCharacters - 1))];
        }

        try
        {
            return string.IsNullOrWhiteSpace(text) ? PointCsvReading.Refused("There is no row in it.") : Read(text.TrimStart('\uFEFF'), target, notes);
        }
        catch (InvalidDataException problem)
        {
            return PointCsvReading.Refused(problem.Message);
        }
    }

    /// <summary>Writes the points of a setup: a column for each input, and the class or number.</summary>
    public static string Write(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        StringBuilder text = new();
        if (setup is { UsesOwn: true, Own: { } table })
        {
            text.AppendJoin(',', table.Columns.Select(Quoted)).Append(',').Append(table.ClassNames.Count > 0 ? "class" : "value").Append('\n');
            int width = table.Columns.Count;
            for (int i = 0; i < table.Count; i++)
            {
                foreach (float value in table.Values.Slice(i * width, width)) text.Append(CultureInfo.InvariantCulture, $"{value:0.####},");
                if (table.ClassNames.Count > 0) text.Append(Quoted(table.ClassNames[(int)table.Labels[i]])).Append('\n');
                else text.Append(CultureInfo.InvariantCulture, $"{table.Labels[i]:0.####}\n");
            }

            return text.ToString();
        }

        PointCloud cloud = PointCloud.Of(setup);
        text.Append(cloud.Classes > 0 ? "x,y,class\n" : "x,y,value\n");
        foreach (LabelledPoint point in cloud.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"{point.X:0.####},{point.Y:0.####},");
            if (cloud.Classes == 0) text.Append(CultureInfo.InvariantCulture, $"{point.Label:0.####}\n");
            else text.Append(CultureInfo.InvariantCulture, $"class {(cloud.Classes > 2 ? point.Label : (point.Label + 1) / 2) + 1}\n");
        }

        return text.ToString();
    }

    internal static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static PointCsvReading Read(string text, string? target, List<string> notes)
    {
        char separator = CsvShape.SeparatorOf(text);
        CsvShape shape = CsvShape.Of(text, separator);
        notes.Add(Say($"{shape.Rows:N0} {(shape.Rows == 1 ? "row" : "rows")} of {shape.Columns.Count} columns, {CsvShape.NameOf(separator)} between them; {(shape.HasHeader ? "the first row names the columns" : "no row of names")}."));
        if (shape.Rows < 2) return PointCsvReading.Refused("There is one row only; it takes two at least.");
        if (shape.Columns.Count < 2) return PointCsvReading.Refused("There is one column only. It takes two at least: what the network reads, and what it is to say.");
        CsvColumn? wanted = shape.TargetOf(target, out string? problem);
        if (wanted is null) return PointCsvReading.Refused(problem!, shape.Names);
        CsvColumn[] inputs = [.. shape.Columns.Where(column => column != wanted && column.IsNumeric)];
        string[] words = [.. shape.Columns.Where(column => column != wanted && !column.IsNumeric).Select(column => $"'{column.Name}'")];
        if (words.Length > 0) notes.Add($"Left out, as {(words.Length == 1 ? "it holds" : "they hold")} words: {Listed(words)}.");
        if (inputs.Length == 0) return PointCsvReading.Refused($"No column beside '{wanted.Name}' holds numbers.", shape.Names);
        if (inputs.Length > PointTable.MostColumns) notes.Add($"Left out, as {PointTable.MostColumns} input columns are the most: {Listed([.. inputs[PointTable.MostColumns..].Select(column => $"'{column.Name}'")])}.");
        return new CsvRows(text, shape, [.. inputs.Take(PointTable.MostColumns)], wanted, notes).Read();
    }

    private static string Listed(string[] names) => names.Length <= 5 ? string.Join(", ", names) : string.Join(", ", names.Take(5)) + $" and {names.Length - 5} more";

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
