namespace Inkling.Onnx.Operators;

/// <summary>A tensor repeated along its axes. The first version repeated along one axis, given by inputs 1 and 2.</summary>
internal sealed class Tile : Operator
{
    private const int FirstWithRepeats = 6;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int[] repeats = call.Opset < FirstWithRepeats ? OneAxis(call, x.Rank) : Array.ConvertAll(call.Integers(1) ?? [], OperatorCall.Size);
        if (repeats.Length != x.Rank)
            throw new OnnxException($"{repeats.Length} repeats are given");

        // Every axis becomes two: the repeats, which do not move, and the axis itself.
        int[] own = Dimensions.Strides(x.Sizes), result = new int[x.Rank], shape = new int[2 * x.Rank], strides = new int[2 * x.Rank];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            result[axis] = OperatorCall.Size((long)repeats[axis] * x.Sizes[axis]);
            (shape[2 * axis], shape[(2 * axis) + 1], strides[(2 * axis) + 1]) = (repeats[axis], x.Sizes[axis], own[axis]);
        }

        return [x.Read(shape, strides).Reshape(result)];
    }

    private static int[] OneAxis(OperatorCall call, int rank)
    {
        int[] repeats = new int[rank];
        Array.Fill(repeats, 1);
        OnnxValue tiles = Conversion.Convert(call.Input(1), OnnxElementType.Int64), axis = Conversion.Convert(call.Input(2), OnnxElementType.Int64);
        repeats[OperatorCall.Axis(axis.As<long>().Data[0], rank)] = OperatorCall.Size(tiles.As<long>().Data[0]);
        return repeats;
    }
}
