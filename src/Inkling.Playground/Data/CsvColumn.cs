namespace Inkling.Playground;

/// <summary>A column of a table in text.</summary>
/// <param name="place">Which it is, from 0.</param>
internal sealed class CsvColumn(int place)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _numbers;
    private int _whole;
    private int _words;

    public int Place => place;

    public string Name { get; set; } = FormattableString.Invariant($"column {place + 1}");

    /// <summary>Whether most of what it holds are numbers; what is not is missing then.</summary>
    public bool IsNumeric => _numbers > _words;

    /// <summary>Whether it holds numbers where it holds anything.</summary>
    public bool HasOnlyNumbers => _numbers > 0 && _words == 0;

    /// <summary>Different texts in it, as far as they were counted: one more than the most classes.</summary>
    public int Different => _seen.Count;

    /// <summary>Whether it can say a class: words, or few whole numbers.</summary>
    public bool IsClass => !IsNumeric || (_whole == _numbers && Different <= PlaygroundSetup.MostClasses && _numbers > 2 * Different);

    public IEnumerable<string> Seen => _seen.Order(StringComparer.Ordinal);

    /// <summary>Looks at a field.</summary>
    public void Count(string field, bool decimalComma)
    {
        if (CsvShape.IsMissing(field)) return;
        if (CsvShape.Number(field, decimalComma) is { } number)
        {
            _numbers++;
            if (number == Math.Floor(number)) _whole++;
        }
        else
        {
            _words++;
        }

        if (_seen.Count <= PlaygroundSetup.MostClasses) _seen.Add(field);
    }
}
