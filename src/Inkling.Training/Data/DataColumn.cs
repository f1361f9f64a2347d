namespace Inkling.Training.Data;

/// <summary>A field of an <see cref="ArrayDataSet"/> with the values of all items.</summary>
public sealed class DataColumn
{
    private readonly float[] _numbers;
    private readonly int[] _integers;
    private readonly int[]? _starts;  // where items that vary begin, counted in elements; one more than items

    private DataColumn(DataField field, float[] numbers, int[] integers, int[]? starts, int count)
    {
        Field = field;
        _numbers = numbers;
        _integers = integers;
        _starts = starts;
        Count = count;
    }

    /// <summary>What it is.</summary>
    public DataField Field { get; }

    /// <summary>How many items it has values of.</summary>
    public int Count { get; }

    /// <summary>Real numbers, as many for each item.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="shape">The sizes of one item's axes.</param>
    /// <param name="values">All items one after the other; kept, not copied.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the shape's length.</exception>
    public static DataColumn Numbers(string name, Shape shape, float[] values)
        => new(new DataField(name, FieldKind.Numbers, shape), values, [], null, ItemsOf(name, shape, values.Length));

    /// <summary>Whole numbers, as many for each item.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="values">All items one after the other; kept, not copied.</param>
    /// <param name="shape">The sizes of one item's axes; <c>[]</c>, the default, for one number an item, such as its class.</param>
    /// <param name="classes">How many different there are, 0 … classes − 1 being allowed; 0, the default, when that is not known.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the shape's length, or a value is no class.</exception>
    public static DataColumn Integers(string name, int[] values, Shape shape = default, int classes = 0)
    {
        int count = ItemsOf(name, shape, values.Length);
        for (int i = 0; classes > 0 && i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)classes)
                throw new ArgumentException($"DataColumn '{name}': item {i / shape.Length} is {values[i]}, which is none of the {classes} classes (0 to {classes - 1}).", nameof(values));
        }

        return new(new DataField(name, FieldKind.Integers, shape) { Classes = classes }, [], values, null, count);
    }

    /// <summary>Sequences of whole numbers, such as tokens.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="sequences">One for each item.</param>
    /// <param name="padding">What shorter ones are filled up with in a batch. Default: 0.</param>
    public static DataColumn Sequences(string name, IReadOnlyList<int[]> sequences, int padding = 0)
    {
        (int[] all, int[] starts) = Join(sequences);
        return new(new DataField(name, FieldKind.Integers, [], Varies: true) { Padding = padding }, [], all, starts, sequences.Count);
    }

    /// <summary>Sequences of vectors or other arrays of real numbers.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="shape">The sizes of one element's axes.</param>
    /// <param name="sequences">One for each item, row-major; its length is a multiple of the shape's.</param>
    /// <exception cref="ArgumentException">The length of a sequence is no multiple of the shape's.</exception>
    public static DataColumn NumberSequences(string name, Shape shape, IReadOnlyList<float[]> sequences)
    {
        for (int i = 0; i < sequences.Count; i++)
        {
            if (sequences[i].Length % shape.Length != 0)
                throw new ArgumentException($"DataColumn '{name}': item {i} has {sequences[i].Length} values, no multiple of {shape.Length}, the length of {shape}.", nameof(sequences));
        }

        (float[] all, int[] starts) = Join(sequences);
        for (int i = 0; i < starts.Length; i++) starts[i] /= shape.Length;
        return new(new DataField(name, FieldKind.Numbers, shape, Varies: true), all, [], starts, sequences.Count);
    }

    internal int LengthOf(int item) => _starts is null ? 1 : _starts[item + 1] - _starts[item];

    internal void Read(int item, Span<float> into) => _numbers.AsSpan(Offset(item), into.Length).CopyTo(into);

    internal void Read(int item, Span<int> into) => _integers.AsSpan(Offset(item), into.Length).CopyTo(into);

    private int Offset(int item) => (_starts is null ? item : _starts[item]) * Field.Shape.Length;

    private static int ItemsOf(string name, Shape shape, int values)
    {
        if (shape.Length == 0 || values % shape.Length != 0) throw new ArgumentException($"DataColumn '{name}': {values} values are no multiple of {shape.Length}, the length of {shape}.", nameof(values));
        return values / shape.Length;
    }

    private static (T[] All, int[] Starts) Join<T>(IReadOnlyList<T[]> sequences)
    {
        int[] starts = new int[sequences.Count + 1];
        for (int i = 0; i < sequences.Count; i++) starts[i + 1] = checked(starts[i] + sequences[i].Length);
        T[] all = new T[starts[^1]];
        for (int i = 0; i < sequences.Count; i++) sequences[i].CopyTo(all, starts[i]);
        return (all, starts);
    }
}
