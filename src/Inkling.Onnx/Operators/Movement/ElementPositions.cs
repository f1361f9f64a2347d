namespace Inkling.Onnx.Operators;

/// <summary>Where in a tensor the elements lie that tensors of indices name.</summary>
internal static class ElementPositions
{
    /// <summary>
    /// For each element of the indices the position in the data that has the same coordinates, but along <paramref name="axis"/> the
    /// index itself (GatherElements, ScatterElements).
    /// </summary>
    public static int[] Along(OnnxValue data, int axis, OnnxValue indices, long[] values)
    {
        if (indices.Rank != data.Rank)
            throw new OnnxException("the indices have another number of axes than the data");
        for (int i = 0; i < data.Rank; i++)
        {
            if (i != axis && indices.Sizes[i] > data.Sizes[i])
                throw new OnnxException($"the indices are longer than the data along axis {i}");
        }

        int[] strides = Dimensions.Strides(data.Sizes), others = [.. strides];
        others[axis] = 0;
        int[] positions = new int[values.Length];
        var walk = new RowWalk(indices.Sizes, others);
        int to = 0;
        while (walk.Next())
        {
            for (int i = 0, at = walk.Position(0); i < walk.Length; i++, to++, at += walk.Steps[0])
                positions[to] = at + (AxisReading.Position(values[to], data.Sizes[axis]) * strides[axis]);
        }

        return positions;
    }

    /// <summary>
    /// For each tuple along the last axis of the indices where the slice of the data begins that it names (GatherND, ScatterND).
    /// </summary>
    /// <param name="data">The tensor.</param>
    /// <param name="indices">The shape of the indices.</param>
    /// <param name="values">The indices.</param>
    /// <param name="batchAxes">Leading axes that data and indices share.</param>
    /// <returns>The starts, and the length of a slice.</returns>
    public static (int[] Starts, int Length) Slices(OnnxValue data, OnnxValue indices, long[] values, int batchAxes)
    {
        if (indices.Rank == 0)
            throw new OnnxException("the indices have no axes");
        int depth = indices.Sizes[^1];
        if (batchAxes < 0 || batchAxes >= indices.Rank || batchAxes + depth > data.Rank || !data.Shape[..batchAxes].SequenceEqual(indices.Shape[..batchAxes]))
            throw new OnnxException($"indices of {depth} parts and {batchAxes} batch axes do not fit the data");
        int[] strides = Dimensions.Strides(data.Sizes);
        int batches = Dimensions.Product(data.Shape[..batchAxes]);
        int[] starts = new int[Dimensions.Product(indices.Shape[..^1])];
        int perBatch = batches == 0 ? 0 : starts.Length / batches;
        int batchLength = Dimensions.Product(data.Shape[batchAxes..]);
        for (int i = 0; i < starts.Length; i++)
        {
            int start = i / perBatch * batchLength;
            for (int part = 0; part < depth; part++)
                start += AxisReading.Position(values[(i * depth) + part], data.Sizes[batchAxes + part]) * strides[batchAxes + part];
            starts[i] = start;
        }

        return (starts, Dimensions.Product(data.Shape[(batchAxes + depth)..]));
    }
}
