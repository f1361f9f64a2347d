namespace Inkling.Onnx.Operators;

/// <summary>Slices along an axis, picked by a tensor of positions whose axes take the place of that axis.</summary>
internal sealed class Gather : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0), indices = call.Input(1);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", 0), x.Rank);
        int[] positions = AxisReading.Positions(call.Integers(1), x.Sizes[axis]);
        int[] shape = [.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]];
        return [AxisReading.Take(x, axis, positions, shape)];
    }
}
