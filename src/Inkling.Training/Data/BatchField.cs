namespace Inkling.Training.Data;

/// <summary>One field of the items of a <see cref="Batch"/>. The memory is used again for later batches.</summary>
public sealed class BatchField
{
    private float[] _numbers = [];
    private int[] _integers = [];
    private float[] _mask = [];
    private int[] _lengths = [];
    private int _items;

    internal BatchField(DataField field) => Field = field;

    /// <summary>What it is.</summary>
    public DataField Field { get; }

    /// <summary><c>[B, …]</c>; for sequences <c>[B, L, …]</c> or, with <see cref="LoaderOptions.TimeFirst"/>, <c>[L, B, …]</c>, L the longest of the batch.</summary>
    public Shape Shape { get; private set; }

    /// <summary>The real numbers, row-major; empty in a field of whole numbers.</summary>
    public Span<float> Numbers => Field.Kind == FieldKind.Numbers ? _numbers.AsSpan(0, Shape.Length) : default;

    /// <summary>The whole numbers, row-major; empty in a field of real numbers.</summary>
    public Span<int> Integers => Field.Kind == FieldKind.Integers ? _integers.AsSpan(0, Shape.Length) : default;

    /// <summary>The length of each sequence, <c>[B]</c>; empty in a field that does not vary.</summary>
    public ReadOnlySpan<int> Lengths => Field.Varies ? _lengths.AsSpan(0, _items) : default;

    /// <summary>1 where a sequence has an element and 0 where it is padded, <see cref="MaskShape"/>; empty in a field that does not vary.</summary>
    public ReadOnlySpan<float> Mask => Field.Varies ? _mask.AsSpan(0, MaskShape.Length) : default;

    /// <summary><c>[B, L]</c> or <c>[L, B]</c>; only in a field that varies.</summary>
    public Shape MaskShape { get; private set; }

    /// <summary>Elements that are not padding.</summary>
    public int ElementCount { get; private set; }

    internal Span<int> LengthsToWrite(int items)
    {
        _items = items;
        if (_lengths.Length < items) _lengths = new int[items];
        return _lengths.AsSpan(0, items);
    }

    internal void Resize(Shape shape, Shape maskShape, int elements)
    {
        Shape = shape;
        MaskShape = maskShape;
        ElementCount = elements;
        if (Field.Kind == FieldKind.Numbers) Grow(ref _numbers, shape.Length);
        else Grow(ref _integers, shape.Length);
        if (Field.Varies) Grow(ref _mask, maskShape.Length);
    }

    internal Span<float> MaskToWrite => _mask.AsSpan(0, MaskShape.Length);

    private static void Grow<T>(ref T[] array, int length)
    {
        // By half as much again: lengths vary, and memory that is always a little too small would be made again and again.
        if (array.Length < length) array = new T[Math.Max(length, array.Length + (array.Length / 2))];
    }
}
