namespace Inkling.Onnx.Operators;

/// <summary>The coordinates of the elements that are not 0: a row for each axis, a column for each element, in the order of the elements.</summary>
internal sealed class NonZero : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        bool[] set = Conversion.Convert(x, OnnxElementType.Bool).As<bool>().Data;
        List<int> positions = [];
        for (int i = 0; i < set.Length; i++)
        {
            if (set[i])
                positions.Add(i);
        }

        int[] strides = Dimensions.Strides(x.Sizes);
        long[] coordinates = new long[x.Rank * positions.Count];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            for (int i = 0; i < positions.Count; i++)
                coordinates[(axis * positions.Count) + i] = positions[i] / strides[axis] % x.Sizes[axis];
        }

        return [new OnnxValue<long>([x.Rank, positions.Count], coordinates)];
    }
}
