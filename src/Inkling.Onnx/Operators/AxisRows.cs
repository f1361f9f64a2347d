namespace Inkling.Onnx.Operators;

/// <summary>A tensor with one axis moved to the end, so that what lies along it is a row.</summary>
internal sealed class AxisRows
{
    private readonly int[] _sizes;
    private readonly int[] _back;

    private AxisRows(OnnxValue value, int[] back)
    {
        Value = value;
        _sizes = value.Sizes;
        _back = back;
    }

    /// <summary>The tensor; its last axis is the one asked for.</summary>
    public OnnxValue Value { get; }

    /// <summary>Elements of a row.</summary>
    public int Length => _sizes[^1];

    /// <summary>How many rows there are.</summary>
    public int Count => Dimensions.Product(_sizes.AsSpan(0, _sizes.Length - 1));

    /// <summary>Moves an axis to the end; nothing is copied when it is there already.</summary>
    public static AxisRows Of(OnnxValue x, int axis)
    {
        int[] order = [.. Enumerable.Range(0, x.Rank).Where(other => other != axis), axis];
        int[] back = new int[x.Rank];
        for (int i = 0; i < order.Length; i++)
            back[order[i]] = i;
        return new AxisRows(axis == x.Rank - 1 ? x : x.Transpose(order), back);
    }

    /// <summary>Rows of a result as a tensor with the axis back in its place.</summary>
    /// <param name="rows">The rows, one behind the other.</param>
    /// <param name="length">Elements of a row of the result.</param>
    public OnnxValue Back<T>(T[] rows, int length)
    {
        var value = new OnnxValue<T>([.. _sizes.AsSpan(0, _sizes.Length - 1), length], rows);
        return _back[^1] == _back.Length - 1 ? value : value.Transpose(_back);
    }
}
