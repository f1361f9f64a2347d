namespace Inkling.Onnx.Operators;

/// <summary>The slices along an axis for which the condition holds; of all elements in a row when no axis is given. What the condition does not reach is left out.</summary>
internal sealed class Compress : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        OnnxValue<bool> condition = call.Input<bool>(1);
        bool flat = !call.Attributes.Has("axis");
        if (flat)
            x = x.Reshape([x.Length]);
        int axis = flat ? 0 : OperatorCall.Axis(call.Attributes.Int("axis"), x.Rank);
        List<int> positions = [];
        for (int i = 0; i < int.Min(condition.Length, x.Sizes[axis]); i++)
        {
            if (condition.Data[i])
                positions.Add(i);
        }

        return [AxisReading.Take(x, axis, [.. positions])];
    }
}
