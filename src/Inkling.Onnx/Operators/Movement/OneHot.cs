namespace Inkling.Onnx.Operators;

/// <summary>
/// A new axis of <c>depth</c> places (last, or at <c>axis</c>) with the "on" value at the index, the "off" value elsewhere and
/// everywhere for indices outside [−depth, depth).
/// </summary>
internal sealed class OneHot : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue indices = call.Input(0), values = call.Input(2);
        long[] positions = Conversion.Convert(indices, OnnxElementType.Int64).As<long>().Data;
        if (call.Input(1).Length != 1 || values.Length != 2)
            throw new OnnxException("one depth and two values, off and on, are wanted");
        int depth = OperatorCall.Size(Conversion.Convert(call.Input(1), OnnxElementType.Int64).As<long>().Data[0]);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", -1), indices.Rank + 1);

        int[] shape = [.. indices.Shape[..axis], depth, .. indices.Shape[axis..]];
        OnnxValue off = values.Reshape([2]).Read(shape, new int[shape.Length]);
        int inner = Dimensions.Product(indices.Shape[axis..]);
        List<int> on = [];
        for (int i = 0; i < positions.Length; i++)
        {
            if (positions[i] >= -depth && positions[i] < depth)
                on.Add((((i / inner * depth) + AxisReading.Position(positions[i], depth)) * inner) + (i % inner));
        }

        return [off.ReplaceBlocks([.. on], 1, values.Read([on.Count], [0], start: 1))];
    }
}
