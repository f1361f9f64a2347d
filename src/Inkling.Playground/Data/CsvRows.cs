using Inkling.Numerics;
using Inkling.Training.Data;

namespace Inkling.Playground;

/// <summary>The rows of a table in text as points: those that are whole, a sample of them if they are many, brought to the plane.</summary>
internal sealed class CsvRows(string text, CsvShape shape, CsvColumn[] inputs, CsvColumn target, List<string> notes)
{
    private const float PerDeviation = 2; // three deviations lie at the border of the plane
    private readonly string[] _classes = target.IsClass ? [.. target.Seen] : [];
    private readonly List<double[]> _rows = [];
    private int _whole;
    private int _missing;

    public PointCsvReading Read()
    {
        Collect();
        if (shape.Odd > 0) notes.Add(PointCsv.Say($"{Rows(shape.Odd)} of another number of fields {(shape.Odd == 1 ? "was" : "were")} left out."));
        if (_missing > 0) notes.Add(PointCsv.Say($"{Rows(_missing)} with a missing value, or with words in the place of a number, {(_missing == 1 ? "was" : "were")} left out."));
        if (_rows.Count < 2) return Refused(PointCsv.Say($"{(_rows.Count == 0 ? "No row is" : "One row only is")} whole; {_missing:N0} have missing values or words in the place of numbers."));
        if (_whole > _rows.Count) notes.Add(PointCsv.Say($"Of {_whole:N0} rows a sample of {_rows.Count:N0} was taken, always the same."));
        float[] labels = Labels(out string[] names);
        if (_classes.Length > 0 && names.Length < 2) return Refused($"All whole rows have the class '{names[0]}'; there is nothing to tell apart. Choose another target.");
        if (_classes.Length == 0 && labels.All(label => label == labels[0])) return Refused($"All whole rows have the same '{target.Name}'; there is nothing to learn. Choose another target.");
        IReadOnlyList<string> columns = [.. inputs.Select(column => column.Name)];
        float[] values = Values();
        if (inputs.Length == 1)
        {
            columns = [columns[0], "nothing"];
            values = [.. values.SelectMany(value => new[] { value, 0 })];
            notes.Add("There is one input column; it is x, and y is 0.");
        }

        notes.Add(inputs.Length > 2 ? $"The network reads the {inputs.Length} columns as they are; the map shows two of them, the others at their mean." : $"x is '{inputs[0].Name}'{(inputs.Length > 1 ? $", y is '{inputs[1].Name}'" : "")}.");
        return new PointCsvReading(new PointTable(columns, names, values, labels, notes), notes, shape.Names, target.Name, null);
    }

    private static string Rows(int count) => PointCsv.Say($"{count:N0} {(count == 1 ? "row" : "rows")}");

    private PointCsvReading Refused(string problem) => PointCsvReading.Refused(problem, shape.Names);

    /// <summary>Keeps whole rows: each with the same chance when there are more than fit (Vitter 1985, Algorithm R).</summary>
    private void Collect()
    {
        using CsvReader reader = new(new StringReader(text), "the table", shape.Separator);
        bool header = shape.HasHeader;
        double[] row = new double[inputs.Length + 1];
        while (reader.Read() is { } fields)
        {
            if (fields.Count != shape.Columns.Count || CsvShape.IsBlank(fields)) continue;
            if (header)
            {
                header = false;
                continue;
            }

            if (!Parse(fields, row))
            {
                _missing++;
                continue;
            }

            int place = _whole < PointTable.MostPoints ? _whole : (int)(CounterRandom.Bits(1, 0xC57, (ulong)_whole) % (ulong)(_whole + 1));
            _whole++;
            if (_whole <= PointTable.MostPoints) _rows.Add([.. row]);
            else if (place < _rows.Count) row.CopyTo(_rows[place], 0);
        }
    }

    private bool Parse(IReadOnlyList<string> fields, double[] row)
    {
        for (int c = 0; c < inputs.Length; c++)
        {
            if (CsvShape.Number(fields[inputs[c].Place], shape.DecimalComma) is not { } number) return false;
            row[c] = number;
        }

        string said = fields[target.Place];
        if (CsvShape.IsMissing(said)) return false;
        if (_classes.Length > 0)
        {
            row[^1] = Array.IndexOf(_classes, said);
            return row[^1] >= 0;
        }

        if (CsvShape.Number(said, shape.DecimalComma) is not { } value) return false;
        row[^1] = value;
        return true;
    }

    /// <summary>Classes of those that the rows have, or numbers brought to −1 to 1.</summary>
    private float[] Labels(out string[] names)
    {
        if (_classes.Length > 0)
        {
            int[] used = [.. _rows.Select(row => (int)row[^1]).Distinct().Order()];
            names = [.. used.Select(index => target.IsNumeric ? $"{target.Name} {_classes[index]}" : _classes[index])];
            notes.Add($"The target is '{target.Name}', {names.Length} classes.");
            return [.. _rows.Select(row => (float)Array.IndexOf(used, (int)row[^1]))];
        }

        names = [];
        double least = _rows.Min(row => row[^1]), most = _rows.Max(row => row[^1]), middle = (least / 2) + (most / 2), half = (most / 2) - (least / 2);
        notes.Add(PointCsv.Say($"The target is '{target.Name}', a number: {least:G6} became −1 and {most:G6} became 1."));
        return [.. _rows.Select(row => half > 0 ? (float)Math.Clamp((row[^1] - middle) / half, -1, 1) : 0)];
    }

    private float[] Values()
    {
        float[] values = new float[_rows.Count * inputs.Length];
        // Points that were drawn here and saved come back to their places.
        bool drawn = inputs.Length == 2 && inputs[0].Name == "x" && inputs[1].Name == "y" && _rows.All(row => Math.Abs(row[0]) <= PointTable.Reach && Math.Abs(row[1]) <= PointTable.Reach);
        List<string> scales = [];
        int beyond = 0;
        for (int c = 0; c < inputs.Length; c++)
        {
            double mean = _rows.Average(row => row[c]), deviation = Math.Sqrt(_rows.Average(row => (row[c] - mean) * (row[c] - mean)));
            bool flat = !(deviation > 0 && double.IsFinite(deviation));
            scales.Add(flat ? $"'{inputs[c].Name}' is the same everywhere, or too large" : PointCsv.Say($"'{inputs[c].Name}' (mean {mean:G4}, deviation {deviation:G4})"));
            for (int i = 0; i < _rows.Count; i++)
            {
                double value = drawn ? _rows[i][c] : flat ? 0 : PerDeviation * (_rows[i][c] - mean) / deviation;
                if (Math.Abs(value) > PointTable.Reach) beyond++;
                values[(i * inputs.Length) + c] = (float)Math.Clamp(value, -PointTable.Reach, PointTable.Reach);
            }
        }

        notes.Add(drawn ? "The values lie on the plane and stay as they are." : $"Inputs were standardised, the mean to 0 and a deviation to {PerDeviation}: {string.Join(", ", scales)}.");
        if (beyond > 0) notes.Add(PointCsv.Say($"{beyond:N0} {(beyond == 1 ? "value" : "values")} beyond three deviations {(beyond == 1 ? "lies" : "lie")} at the border."));
        return values;
    }
}
