namespace Inkling.Onnx.Operators;

/// <summary>For each tuple along the last axis of the indices the slice of the data that it names; the first <c>batch_dims</c> axes are shared.</summary>
internal sealed class GatherND : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0), indices = call.Input(1);
        int batchAxes = OperatorCall.Size(call.Attributes.Int("batch_dims", 0));
        (int[] starts, int length) = ElementPositions.Slices(x, indices, call.Integers(1)!, batchAxes);
        int[] shape = [.. indices.Shape[..^1], .. x.Shape[(batchAxes + indices.Sizes[^1])..]];
        return [x.TakeBlocks(shape, starts, length)];
    }
}
