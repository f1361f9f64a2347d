namespace Inkling.Onnx.Operators;

/// <summary>Tensors behind one another along an axis. Before operator set 4 the axis is 1 when left out.</summary>
internal sealed class Concat : Operator
{
    private const int FirstWithRequiredAxis = 4;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue[] parts = call.AllInputs();
        OnnxValue first = parts[0];
        int axis = OperatorCall.Axis(call.Opset < FirstWithRequiredAxis ? call.Attributes.Int("axis", 1) : call.Attributes.Int("axis"), first.Rank);
        foreach (OnnxValue part in parts)
        {
            bool fits = part.Rank == first.Rank && part.Type == first.Type;
            for (int i = 0; fits && i < first.Rank; i++)
                fits = i == axis || part.Sizes[i] == first.Sizes[i];
            if (!fits)
                throw new OnnxException($"the inputs differ in more than their size along axis {axis}");
        }

        return [first.Join(parts[1..], axis)];
    }
}
