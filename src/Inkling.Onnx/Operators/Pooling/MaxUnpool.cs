namespace Inkling.Onnx.Operators;

/// <summary>
/// Puts elements back where <see cref="MaxPool"/> found them, zero elsewhere. The positions count in the shape that follows from kernel,
/// strides and pads; when input 2 asks for a larger one, they keep their coordinates in it.
/// </summary>
internal sealed class MaxUnpool : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        long[] positions = call.Integers(1) ?? throw new OnnxException("the positions are missing");
        int[] input = Pool.Spatial(x);
        WindowAttributes given = WindowAttributes.Of(call, input.Length, Pool.Kernel(call));
        int[] shape = [.. x.Sizes];
        for (int axis = 0; axis < input.Length; axis++)
            shape[axis + 2] = OperatorCall.Size(((input[axis] - 1L) * given.Strides[axis]) + given.Kernel[axis] - given.PadsBefore[axis] - given.PadsBehind[axis]);
        int[] wanted = call.Integers(2) is { } sizes ? Array.ConvertAll(sizes, OperatorCall.Size) : shape;
        if (wanted.Length != shape.Length || positions.Length != x.Length)
            throw new OnnxException("there must be a position for each element, and a size for each axis");

        T[] y = new T[Dimensions.Count(wanted)];
        int[] from = Dimensions.Strides(shape), to = Dimensions.Strides(wanted);
        int count = Dimensions.Count(shape);
        for (int i = 0; i < positions.Length; i++)
        {
            int position = AxisReading.Position(positions[i], count), at = 0;
            for (int axis = 0; axis < shape.Length; axis++)
                at += position / from[axis] % shape[axis] * to[axis];
            y[at] = x.Data[i];
        }

        return [new OnnxValue<T>(wanted, y)];
    }
}
