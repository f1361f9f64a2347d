using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>What becomes of many numbers when one is wanted.</summary>
internal interface IReduction
{
    /// <summary>The one.</summary>
    static abstract T Of<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}

/// <summary>
/// Reduces some axes (all when none are given) to one element each, which stays as an axis of size 1 with <c>keepdims</c> (the default).
/// With <c>noop_with_empty_axes</c> no axes means none: every element is reduced by itself.
/// </summary>
/// <typeparam name="TReduction">How.</typeparam>
/// <param name="firstWithInput">The operator set from which on the axes are input 1 instead of an attribute.</param>
internal sealed class Reduction<TReduction>(int firstWithInput = 18) : NumberOperator
    where TReduction : struct, IReduction
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        long[] given = (call.Opset >= firstWithInput ? call.Integers(1) : call.Attributes.Ints("axes")) ?? [];
        int[] axes = given.Length > 0 || call.Attributes.Flag("noop_with_empty_axes")
            ? OperatorCall.Axes(given, x.Rank)
            : [.. Enumerable.Range(0, x.Rank)];
        int[] shape = Dimensions.Reduced(x.Sizes, axes, call.Attributes.Flag("keepdims", true));

        // The reduced axes go last, so that what is reduced lies in a row.
        int[] order = [.. Enumerable.Range(0, x.Rank).Where(axis => !axes.Contains(axis)), .. axes.Order()];
        bool inPlace = order.AsSpan().SequenceEqual(Enumerable.Range(0, x.Rank).ToArray());
        T[] rows = (inPlace ? x : x.Transpose(order)).As<T>().Data;
        int length = 1;
        foreach (int axis in axes)
            length *= x.Sizes[axis];
        T[] result = new T[Dimensions.Count(shape)];
        for (int i = 0; i < result.Length; i++)
            result[i] = TReduction.Of<T>(rows.AsSpan(i * length, length));
        return [new OnnxValue<T>(shape, result)];
    }
}
