namespace Inkling.Onnx.Operators;

/// <summary>
/// A copy of a cache in which each entry of the batch has its update written from its own position on along <c>axis</c>; with
/// <c>mode</c> = circular, what runs over the end goes on at the beginning.
/// </summary>
internal sealed class TensorScatter : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue cache = call.Input(0), update = call.Input(1);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", -2), cache.Rank);
        bool circular = call.Attributes.Text("mode", "linear") == "circular";
        if (axis == 0 || update.Rank != cache.Rank)
            throw new OnnxException("the update must have the axes of the cache, and axis 0 is the batch");
        int size = cache.Sizes[axis], length = update.Sizes[axis], inner = Dimensions.Product(cache.Shape[(axis + 1)..]);
        int batch = cache.Sizes[0], middle = Dimensions.Product(cache.Shape[1..axis]);
        long[] from = call.Integers(2) ?? new long[batch];
        if (from.Length != batch)
            throw new OnnxException($"{from.Length} positions are given for a batch of {batch}");

        int[] starts = new int[batch * middle * length];
        for (int i = 0; i < starts.Length; i++)
        {
            int outer = i / length;
            long at = from[outer / middle] + (i % length);
            starts[i] = ((outer * size) + AxisReading.Position(circular ? at % size : at, size)) * inner;
        }

        return [ScatterReduction.Apply(cache, starts, inner, update, "none")];
    }
}
