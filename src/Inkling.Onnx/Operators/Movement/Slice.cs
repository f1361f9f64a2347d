namespace Inkling.Onnx.Operators;

/// <summary>
/// From <c>starts</c> to <c>ends</c> (left out) along some axes, in <c>steps</c> that may be negative; bounds beyond the ends are cut to
/// them. Attributes before operator set 10, inputs from then on.
/// </summary>
internal sealed class Slice : Operator
{
    private const int FirstWithInputs = 10;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        (long[]? starts, long[]? ends, long[]? axes, long[]? steps) = call.Opset >= FirstWithInputs
            ? (call.Integers(1), call.Integers(2), call.Integers(3), call.Integers(4))
            : (call.Attributes.Ints("starts"), call.Attributes.Ints("ends"), call.Attributes.Ints("axes"), null);
        if (starts is null || ends is null || ends.Length != starts.Length)
            throw new OnnxException("there are not as many starts as ends");
        int[] along = axes is null ? [.. Enumerable.Range(0, starts.Length)] : OperatorCall.Axes(axes, x.Rank);
        if (along.Length != starts.Length || along.Length > x.Rank || (steps is not null && steps.Length != starts.Length))
            throw new OnnxException($"{starts.Length} starts, {along.Length} axes and {steps?.Length ?? starts.Length} steps are given");

        int[] shape = [.. x.Sizes], strides = Dimensions.Strides(x.Sizes);
        int from = 0;
        for (int i = 0; i < along.Length; i++)
        {
            (int start, int count, int step) = Range(starts[i], ends[i], steps?[i] ?? 1, x.Sizes[along[i]]);
            from += start * strides[along[i]];
            shape[along[i]] = count;
            strides[along[i]] *= step;
        }

        return [x.Read(shape, strides, Dimensions.Count(shape) == 0 ? 0 : from)];
    }

    /// <summary>The part of an axis that a slice takes. Unlike NumPy's, a start that lies before the axis is moved to its first element also when stepping back.</summary>
    private static (int Start, int Count, int Step) Range(long start, long end, long step, int size)
    {
        if (step == 0)
            throw new OnnxException("a step is 0");
        if (size == 0)
            return (0, 0, 1);
        start = long.Clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
        end = long.Clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
        long distance = step > 0 ? end - start : start - end;
        // A step longer than the axis takes its first element only.
        long length = long.Min(step > 0 ? step : -long.Max(step, -long.MaxValue), int.MaxValue);
        return ((int)start, (int)long.Max(0, (distance + length - 1) / length), (int)(step > 0 ? length : -length));
    }
}
