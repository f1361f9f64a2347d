namespace Inkling.Onnx.Operators;

/// <summary>Reading along one axis: whole slices are picked by their positions.</summary>
internal static class AxisReading
{
    /// <summary>The slices at some positions along an axis, in that order.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="positions">Positions along it; negative ones give slices of <paramref name="fill"/>.</param>
    /// <param name="fill">What fills them: one element, or null for zero.</param>
    public static OnnxValue Take(OnnxValue value, int axis, int[] positions, OnnxValue? fill = null)
    {
        int[] shape = [.. value.Sizes];
        shape[axis] = positions.Length;
        return Take(value, axis, positions, shape, fill);
    }

    /// <summary>The same, with the shape of the result given.</summary>
    public static OnnxValue Take(OnnxValue value, int axis, int[] positions, int[] shape, OnnxValue? fill = null)
    {
        int size = value.Sizes[axis];
        int outer = Dimensions.Product(value.Shape[..axis]), inner = Dimensions.Product(value.Shape[(axis + 1)..]);
        // Refuses what does not fit into memory before the table of starts is made.
        _ = Dimensions.Count(shape);
        int[] starts = new int[outer * positions.Length];
        int to = 0;
        for (int i = 0; i < outer; i++)
        {
            foreach (int position in positions)
                starts[to++] = position < 0 ? -1 : ((i * size) + position) * inner;
        }

        return value.TakeBlocks(shape, starts, inner, fill);
    }

    /// <summary>Positions as given, those below 0 counted from the end.</summary>
    /// <exception cref="OnnxException">One lies outside.</exception>
    public static int[] Positions(ReadOnlySpan<long> given, int size)
    {
        int[] positions = new int[given.Length];
        for (int i = 0; i < positions.Length; i++)
            positions[i] = Position(given[i], size);
        return positions;
    }

    /// <summary>A position as given, counted from the end when below 0.</summary>
    /// <exception cref="OnnxException">It lies outside.</exception>
    public static int Position(long given, int size) => given >= -size && given < size
        ? (int)(given < 0 ? given + size : given)
        : throw new OnnxException($"index {given} lies outside an axis of {size}");
}
