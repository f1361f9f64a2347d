using System.Globalization;

namespace Inkling.Training.Data;

/// <summary>
/// Rows of a table: fields <c>numbers</c>, <c>categories</c> and <c>target</c>, each where <see cref="CsvOptions"/> names columns for it. All is kept in memory.
/// </summary>
public sealed class CsvDataSet : DataSet
{
    private readonly ArrayDataSet _rows;
    private readonly Dictionary<string, string[]> _categories;
    private readonly string _path;
    private readonly int[] _lines;

    private CsvDataSet(string path, ArrayDataSet rows, Dictionary<string, string[]> categories, int[] lines)
    {
        _path = path;
        _rows = rows;
        _categories = categories;
        _lines = lines;
    }

    /// <inheritdoc/>
    public override int Count => _rows.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<DataField> Fields => _rows.Fields;

    /// <inheritdoc/>
    public override string NameOf(int item) => $"line {_lines[item]} of '{_path}'";

    /// <summary>The categories of a column by number.</summary>
    /// <exception cref="KeyNotFoundException">The column was not read as categories.</exception>
    public IReadOnlyList<string> Categories(string column) => _categories.TryGetValue(column, out string[]? names)
        ? names
        : throw new KeyNotFoundException($"CsvDataSet: '{column}' was not read as categories; {string.Join(", ", _categories.Keys)} were.");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="options">Which columns, and how.</param>
    /// <param name="like">A set whose categories are used, so that training and test data number them alike; a category it lacks is an error.</param>
    /// <exception cref="ArgumentException">No column is chosen.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">A column is missing, a row has another number of fields, or a text is no number; the message names line, column and text.</exception>
    public static CsvDataSet Read(string path, CsvOptions options, CsvDataSet? like = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Numeric.Count + options.Categorical.Count == 0 && options.Target is null)
            throw new ArgumentException("CsvDataSet: no columns are chosen. Name them in CsvOptions.Numeric, Categorical or Target.", nameof(options));
        Table table = new(path, options);
        table.ReadAll();
        List<DataColumn> columns = [];
        Dictionary<string, string[]> categories = [];
        if (options.Numeric.Count > 0) columns.Add(DataColumn.Numbers("numbers", [options.Numeric.Count], [.. table.Numbers]));
        if (options.Categorical.Count > 0)
        {
            int[][] each = [.. options.Categorical.Select(name => table.Number(name, categories, like))];
            int[] values = new int[each.Length * table.Lines.Count];
            for (int i = 0; i < values.Length; i++) values[i] = each[i % each.Length][i / each.Length];
            columns.Add(DataColumn.Integers("categories", values, [each.Length]));
        }

        if (options.Target is { } target)
        {
            columns.Add(options.TargetIsCategory
                ? DataColumn.Integers("target", table.Number(target, categories, like), classes: categories[target].Length)
                : DataColumn.Numbers("target", [1], [.. table.Targets]));
        }

        return new CsvDataSet(path, new ArrayDataSet([.. columns]), categories, [.. table.Lines]);
    }

    /// <inheritdoc/>
    public override void ReadNumbers(int item, int field, Span<float> into) => _rows.ReadNumbers(item, field, into);

    /// <inheritdoc/>
    public override void ReadIntegers(int item, int field, Span<int> into) => _rows.ReadIntegers(item, field, into);

    /// <summary>The columns of a file as they are read.</summary>
    private sealed class Table(string path, CsvOptions options)
    {
        private readonly Dictionary<string, List<string>> _texts = [];
        private string[] _names = [];

        public List<float> Numbers { get; } = [];

        public List<float> Targets { get; } = [];

        public List<int> Lines { get; } = [];

        public void ReadAll()
        {
            using CsvReader reader = CsvReader.Open(path, options.Delimiter, options.TrimSpaces);
            IReadOnlyList<string>? row = reader.Read() ?? throw new InvalidDataException($"'{path}' is empty.");
            _names = options.HasHeader ? [.. row] : [.. Enumerable.Range(0, row.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
            if (options.HasHeader) row = reader.Read();
            int[] numeric = [.. options.Numeric.Select(Place)];
            (int Place, List<string> Into)[] texts = [.. Texts().Select(name => (Place(name), _texts[name] = []))];
            int target = options.Target is { } name && !options.TargetIsCategory ? Place(name) : -1;
            for (; row is not null; row = reader.Read())
            {
                if (row.Count != _names.Length) throw new InvalidDataException($"'{path}', line {reader.Line}: {row.Count} fields, where there are {_names.Length} columns.");
                Lines.Add(reader.Line);
                foreach (int column in numeric) Numbers.Add(Parse(row[column], column, reader.Line));
                foreach ((int column, List<string> into) in texts) into.Add(row[column]);
                if (target >= 0) Targets.Add(Parse(row[target], target, reader.Line));
            }

            if (Lines.Count == 0) throw new InvalidDataException($"'{path}' has no rows.");
        }

        /// <summary>The categories of a column by number, in alphabetical order or as another set has them.</summary>
        public int[] Number(string column, Dictionary<string, string[]> categories, CsvDataSet? like)
        {
            List<string> texts = _texts[column];
            if (!categories.TryGetValue(column, out string[]? names))
                categories[column] = names = like is null ? [.. texts.Distinct().Order(StringComparer.Ordinal)] : [.. like.Categories(column)];
            Dictionary<string, int> numbers = names.Select((name, i) => (name, i)).ToDictionary(one => one.name, one => one.i);
            int[] values = new int[texts.Count];
            for (int i = 0; i < values.Length; i++)
            {
                if (!numbers.TryGetValue(texts[i], out values[i]))
                    throw new InvalidDataException($"'{path}', line {Lines[i]}, column '{column}': '{CsvReader.Shown(texts[i])}' is none of the {names.Length} categories of '{like!._path}'.");
            }

            return values;
        }

        private IEnumerable<string> Texts()
            => (options.Target is { } target && options.TargetIsCategory ? options.Categorical.Append(target) : options.Categorical).Distinct();

        private int Place(string name)
        {
            int place = Array.IndexOf(_names, name);
            return place >= 0 ? place : throw new InvalidDataException($"'{path}' has no column '{name}'. It has: {string.Join(", ", _names)}.");
        }

        private float Parse(string text, int column, int line)
        {
            if (text.Length == 0 || text == options.Missing)
            {
                return options.MissingNumber
                    ?? throw new InvalidDataException($"'{path}', line {line}, column '{_names[column]}': a number is missing ('{text}'). Say by CsvOptions.MissingNumber what to read there.");
            }

            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)) return value;
            throw new InvalidDataException($"'{path}', line {line}, column '{_names[column]}': '{CsvReader.Shown(text)}' is no finite number.");
        }
    }
}
