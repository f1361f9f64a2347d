namespace Inkling.Training.Data;

/// <summary>Items that lie in arrays.</summary>
/// <example><code>
/// DataSet data = new ArrayDataSet(DataColumn.Numbers("x", [2], [0, 0, 0, 1, 1, 0, 1, 1]), DataColumn.Integers("y", [0, 1, 1, 0]));
/// </code></example>
public sealed class ArrayDataSet : DataSet
{
    private readonly DataColumn[] _columns;
    private readonly DataField[] _fields;

    /// <summary>Makes a set of columns, each with the same number of items.</summary>
    /// <exception cref="ArgumentException">There are none, two share a name, or they have different numbers of items.</exception>
    public ArrayDataSet(params ReadOnlySpan<DataColumn> columns)
    {
        if (columns.IsEmpty) throw new ArgumentException("ArrayDataSet: no columns given.", nameof(columns));
        _columns = columns.ToArray();
        _fields = [.. _columns.Select(column => column.Field)];
        foreach (DataColumn column in _columns)
        {
            if (column.Count != Count)
                throw new ArgumentException($"ArrayDataSet: '{column.Field.Name}' has {column.Count} items, '{_fields[0].Name}' {Count}. Each item needs a value of every column.", nameof(columns));
        }

        if (_fields.Select(field => field.Name).Distinct().Count() < _fields.Length)
            throw new ArgumentException($"ArrayDataSet: two columns share a name among {string.Join(", ", _fields.Select(field => field.Name))}.", nameof(columns));
    }

    /// <inheritdoc/>
    public override int Count => _columns[0].Count;

    /// <inheritdoc/>
    public override IReadOnlyList<DataField> Fields => _fields;

    /// <inheritdoc/>
    public override int LengthOf(int item, int field) => _columns[field].LengthOf(item);

    /// <inheritdoc/>
    public override void ReadNumbers(int item, int field, Span<float> into)
    {
        if (_fields[field].Kind != FieldKind.Numbers) base.ReadNumbers(item, field, into);
        _columns[field].Read(item, into);
    }

    /// <inheritdoc/>
    public override void ReadIntegers(int item, int field, Span<int> into)
    {
        if (_fields[field].Kind != FieldKind.Integers) base.ReadIntegers(item, field, into);
        _columns[field].Read(item, into);
    }
}
