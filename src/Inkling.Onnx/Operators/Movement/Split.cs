namespace Inkling.Onnx.Operators;

/// <summary>
/// A tensor cut along an axis into pieces of given sizes, or of equal size, the last one smaller if need be. The sizes are an attribute
/// before operator set 13, an input from then on.
/// </summary>
internal sealed class Split : Operator
{
    private const int FirstWithInput = 13;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis", 0), x.Rank);
        // The first version took the sizes as an input, too.
        long[]? given = call.Opset >= FirstWithInput ? call.Integers(1) : call.Attributes.Ints("split") ?? (call.Opset < 2 ? call.Integers(1) : null);
        int[] sizes = given is null ? Equal(x.Sizes[axis], call) : Array.ConvertAll(given, OperatorCall.Size);
        if (sizes.Sum(size => (long)size) != x.Sizes[axis])
            throw new OnnxException($"the pieces {Dimensions.Text(sizes)} do not add up to the {x.Sizes[axis]} of axis {axis}");

        int[] strides = Dimensions.Strides(x.Sizes), shape = [.. x.Sizes];
        OnnxValue?[] pieces = new OnnxValue?[sizes.Length];
        int from = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            shape[axis] = sizes[i];
            pieces[i] = x.Read([.. shape], strides, from);
            from += sizes[i] * strides[axis];
        }

        return pieces;
    }

    private static int[] Equal(int size, OperatorCall call)
    {
        int count = OperatorCall.Size(call.Attributes.Int("num_outputs", call.OutputCount));
        if (count == 0)
            throw new OnnxException("there are no outputs");
        int each = (size + count - 1) / count;
        int[] sizes = new int[count];
        for (int i = 0, left = size; i < count; left -= sizes[i++])
            sizes[i] = int.Min(each, left);
        return sizes;
    }
}
