namespace Inkling.Training.Data;

/// <summary>Chosen items of another set.</summary>
internal sealed class SubsetDataSet : DataSet
{
    private readonly DataSet _all;
    private readonly int[] _items;

    public SubsetDataSet(DataSet all, IReadOnlyList<int> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (int item in items)
        {
            if ((uint)item >= (uint)all.Count) throw new ArgumentOutOfRangeException(nameof(items), item, $"Subset: there is no item {item}; there are {all.Count}.");
        }

        _all = all;
        _items = [.. items];
    }

    public override int Count => _items.Length;

    public override IReadOnlyList<DataField> Fields => _all.Fields;

    public override string NameOf(int item) => _all.NameOf(_items[item]);

    public override int LengthOf(int item, int field) => _all.LengthOf(_items[item], field);

    public override void ReadNumbers(int item, int field, Span<float> into) => _all.ReadNumbers(_items[item], field, into);

    public override void ReadIntegers(int item, int field, Span<int> into) => _all.ReadIntegers(_items[item], field, into);
}
