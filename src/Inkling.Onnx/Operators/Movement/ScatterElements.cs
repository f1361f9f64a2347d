namespace Inkling.Onnx.Operators;

/// <summary>A copy of the data in which the elements that <see cref="GatherElements"/> would read are written instead. Called Scatter up to operator set 10.</summary>
internal sealed class ScatterElements : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0), indices = call.Input(1), updates = call.Input(2);
        if (!indices.Shape.SequenceEqual(updates.Shape))
            throw new OnnxException("indices and updates differ in shape");
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", 0), x.Rank);
        int[] positions = ElementPositions.Along(x, axis, indices, call.Integers(1)!);
        return [ScatterReduction.Apply(x, positions, 1, updates, call.Attributes.Text("reduction", "none"))];
    }
}
