namespace Inkling.Onnx.Operators;

/// <summary>Each entry of the batch with its first so many steps in time reversed; <c>batch_axis</c> (1) and <c>time_axis</c> (0) are axes 0 and 1.</summary>
internal sealed class ReverseSequence : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        long[] lengths = call.Integers(1) ?? throw new OnnxException("the lengths are missing");
        int batchAxis = OperatorCall.Axis(call.Attributes.Int("batch_axis", 1), x.Rank), timeAxis = OperatorCall.Axis(call.Attributes.Int("time_axis", 0), x.Rank);
        if (x.Rank < 2 || int.Max(batchAxis, timeAxis) > 1 || batchAxis == timeAxis)
            throw new OnnxException("the axes of batch and time must be 0 and 1");
        int batch = x.Sizes[batchAxis], time = x.Sizes[timeAxis], inner = Dimensions.Product(x.Shape[2..]);
        if (lengths.Length != batch || Array.Exists(lengths, length => length < 0 || length > time))
            throw new OnnxException($"{batch} lengths of {time} at most are wanted");

        int[] strides = Dimensions.Strides(x.Sizes), starts = new int[batch * time];
        for (int b = 0; b < batch; b++)
        {
            for (int t = 0; t < time; t++)
            {
                int from = t < lengths[b] ? (int)lengths[b] - 1 - t : t;
                starts[((b * strides[batchAxis]) + (t * strides[timeAxis])) / inner] = (b * strides[batchAxis]) + (from * strides[timeAxis]);
            }
        }

        return [x.TakeBlocks(x.Sizes, starts, inner)];
    }
}
