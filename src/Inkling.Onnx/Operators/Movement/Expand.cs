namespace Inkling.Onnx.Operators;

/// <summary>A tensor broadcast to the shape that it and the given one broadcast to; it may be larger than given.</summary>
internal sealed class Expand : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int[] wanted = Array.ConvertAll(call.Integers(1) ?? throw new OnnxException("the shape is missing"), OperatorCall.Size);
        return [x.BroadcastTo(Loops.BroadcastShape(x.Sizes, wanted))];
    }
}
