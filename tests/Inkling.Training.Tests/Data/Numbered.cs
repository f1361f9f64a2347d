using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Items that say which one they are: a sequence of their number, as long as given, and a class.</summary>
internal sealed class Numbered(params int[] lengths) : DataSet
{
    private int _reads;

    public override int Count => lengths.Length;

    public override IReadOnlyList<DataField> Fields { get; } =
        [new("tokens", FieldKind.Integers, [], Varies: true) { Padding = -7 }, new("x", FieldKind.Numbers, [2]), new("class", FieldKind.Integers, []) { Classes = 3 }, new("vectors", FieldKind.Numbers, [2], Varies: true)];

    public Action<int>? Reading { get; init; }

    public int Reads => Volatile.Read(ref _reads);

    public override string NameOf(int item) => $"number {item}";

    public override int LengthOf(int item, int field) => field is 0 or 3 ? lengths[item] : 1;

    public override void ReadIntegers(int item, int field, Span<int> into)
    {
        Interlocked.Increment(ref _reads);
        if (field == 0) Reading?.Invoke(item);
        into.Fill(field == 0 ? item : item % 3);
    }

    public override void ReadNumbers(int item, int field, Span<float> into)
    {
        for (int i = 0; i < into.Length; i++) into[i] = item + (i / 100f);
    }
}
