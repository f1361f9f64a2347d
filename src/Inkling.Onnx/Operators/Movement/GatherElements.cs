namespace Inkling.Onnx.Operators;

/// <summary>For each element of the indices the element of the data with the same coordinates, but along <c>axis</c> at the index.</summary>
internal sealed class GatherElements : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0), indices = call.Input(1);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", 0), x.Rank);
        return [x.TakeBlocks(indices.Sizes, ElementPositions.Along(x, axis, indices, call.Integers(1)!), 1)];
    }
}
