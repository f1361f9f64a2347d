namespace Inkling.Onnx.Operators;

/// <summary>A copy of the data in which the slices that <see cref="GatherND"/> would read are written instead.</summary>
internal sealed class ScatterND : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0), indices = call.Input(1), updates = call.Input(2);
        (int[] starts, int length) = ElementPositions.Slices(x, indices, call.Integers(1)!, batchAxes: 0);
        return [ScatterReduction.Apply(x, starts, length, updates, call.Attributes.Text("reduction", "none"))];
    }
}
