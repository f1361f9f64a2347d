namespace Inkling.Playground;

/// <summary>
/// Points of one's own: rows of one to nine input columns, as they lie on the plane (−6 to 6), and a class or a number each. It does not change; what adds or removes
/// points returns another.
/// </summary>
public sealed class PointTable
{
    /// <summary>The most input columns.</summary>
    public const int MostColumns = 9;

    /// <summary>The most points; of larger files a sample is taken.</summary>
    public const int MostPoints = 2000;

    /// <summary>How far the plane reaches from its middle.</summary>
    public const float Reach = 6;

    private readonly float[] _values;
    private readonly float[] _labels;

    /// <summary>Makes a table; values are rounded to what an address holds, 4,095 steps across the plane, so that a link gives the same run.</summary>
    /// <param name="columns">Names of the input columns, one to nine.</param>
    /// <param name="classNames">Names of two to eight classes; none for numbers.</param>
    /// <param name="values">Row after row, −6 to 6.</param>
    /// <param name="labels">Of each row the number of its class from 0, or a number of −1 to 1.</param>
    /// <param name="notes">What was done to get here, a sentence each.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, there is no row or too many, or a number is not finite or no class.</exception>
    public PointTable(IReadOnlyList<string> columns, IReadOnlyList<string> classNames, ReadOnlySpan<float> values, ReadOnlySpan<float> labels, IReadOnlyList<string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(classNames);
        if (columns.Count is < 1 or > MostColumns) throw new ArgumentException($"PointTable: {columns.Count} input columns; it takes 1 to {MostColumns}.", nameof(columns));
        if (classNames.Count is 1 or > PlaygroundSetup.MostClasses) throw new ArgumentException($"PointTable: {classNames.Count} classes; it takes none or 2 to {PlaygroundSetup.MostClasses}.", nameof(classNames));
        if (labels.Length is < 1 or > MostPoints || values.Length != labels.Length * columns.Count)
            throw new ArgumentException($"PointTable: {values.Length} values and {labels.Length} labels given; it takes {columns.Count} values for each label, and 1 to {MostPoints} labels.", nameof(values));
        Columns = [.. columns.Select(PointCode.Cleaned)];
        ClassNames = [.. classNames.Select(PointCode.Cleaned)];
        Notes = notes ?? [];
        _values = [.. values];
        _labels = [.. labels];
        foreach (ref float value in _values.AsSpan()) value = Rounded(value, Reach, "a value");
        foreach (ref float label in _labels.AsSpan())
        {
            if (ClassNames.Count == 0) label = Rounded(label, 1, "a label");
            else if (!(label >= 0 && label < ClassNames.Count && label == MathF.Floor(label))) throw new ArgumentException($"PointTable: {label} is no class; there are 0 to {ClassNames.Count - 1}.", nameof(labels));
        }

        Code = PointCode.Write(this);
    }

    private PointTable(string code)
        : this(["x", "y"], NamesOf(2), [-3, 0, 3, 0], [0, 1])
    {
        Code = code;
        IsMissing = true;
    }

    /// <summary>Two points to begin with, one of each class.</summary>
    public static PointTable Start { get; } = new(["x", "y"], NamesOf(2), [-3, 0, 3, 0], [0, 1]);

    /// <summary>Names of the input columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Names of the classes; none where each point has a number.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>What was done to get here, a sentence each; it is not in an address.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Points.</summary>
    public int Count => _labels.Length;

    /// <summary>How it stands in an address: all of it if it is short, otherwise a mark that says which table it was.</summary>
    public string Code { get; }

    /// <summary>Whether an address holds all of it.</summary>
    public bool FitsAddress => !IsMissing && !PointCode.IsMark(Code);

    /// <summary>Whether an address named a table that is not here; two points take its place.</summary>
    public bool IsMissing { get; }

    /// <summary>Values, row after row.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Labels: numbers of classes from 0, or numbers of −1 to 1.</summary>
    public ReadOnlySpan<float> Labels => _labels;

    /// <summary>Names of classes that have none: <c>class 1</c> and so on.</summary>
    public static IReadOnlyList<string> NamesOf(int classes) => [.. Enumerable.Range(1, classes).Select(number => FormattableString.Invariant($"class {number}"))];

    /// <summary>The table with more points; of a class that is the next there is to be, one more class.</summary>
    /// <param name="points">x, y and label of each in turn, in a table of two columns. What does not fit, or is beyond the most, is left out.</param>
    public PointTable Add(ReadOnlySpan<float> points)
    {
        if (Columns.Count > 2) return this;
        List<string> names = [.. ClassNames];
        List<float> values = [.. _values], labels = [.. _labels];
        for (int i = 0; i + 2 < points.Length && labels.Count < MostPoints; i += 3)
        {
            (float x, float y, float label) = (points[i], points[i + 1], points[i + 2]);
            if (!float.IsFinite(x) || !float.IsFinite(y) || !float.IsFinite(label)) continue;
            if (names.Count > 0)
            {
                if (label != MathF.Floor(label) || label < 0 || label > names.Count || label >= PlaygroundSetup.MostClasses) continue;
                if ((int)label == names.Count) names.Add(NamesOf(names.Count + 1)[^1]);
            }

            values.Add(Math.Clamp(x, -Reach, Reach));
            if (Columns.Count == 2) values.Add(Math.Clamp(y, -Reach, Reach));
            labels.Add(names.Count > 0 ? label : Math.Clamp(label, -1, 1));
        }

        return new PointTable(Columns, names, [.. values], [.. labels], Notes);
    }

    /// <summary>The table without the points near some places; one point at least stays.</summary>
    /// <param name="places">x and y of each place in turn, in a table of two columns.</param>
    /// <param name="radius">How near.</param>
    public PointTable Erase(ReadOnlySpan<float> places, float radius)
    {
        if (Columns.Count != 2) return this;
        List<float> values = [], labels = [];
        for (int i = 0; i < Count; i++)
        {
            if (IsNear(_values[2 * i], _values[(2 * i) + 1], places, radius)) continue;
            values.AddRange([_values[2 * i], _values[(2 * i) + 1]]);
            labels.Add(_labels[i]);
        }

        if (labels.Count == 0) return new PointTable(Columns, ClassNames, _values.AsSpan(0, 2), _labels.AsSpan(0, 1), Notes);
        return labels.Count == Count ? this : new PointTable(Columns, ClassNames, [.. values], [.. labels], Notes);
    }

    /// <summary>What stands for a table that an address names and that is not here.</summary>
    internal static PointTable Missing(string mark) => new(mark);

    private static bool IsNear(float x, float y, ReadOnlySpan<float> places, float radius)
    {
        for (int k = 0; k + 1 < places.Length; k += 2)
        {
            if (((x - places[k]) * (x - places[k])) + ((y - places[k + 1]) * (y - places[k + 1])) <= radius * radius) return true;
        }

        return false;
    }

    private static float Rounded(float value, float reach, string what) =>
        float.IsFinite(value) ? PointCode.FromLevel(PointCode.ToLevel(value, reach), reach) : throw new ArgumentException($"PointTable: {what} is {value}.", nameof(value));
}
