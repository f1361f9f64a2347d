namespace Inkling.Onnx.Operators;

/// <summary>
/// The same elements in another shape. A size of 0 means that of the same axis before (with <c>allowzero</c> 0 itself), one −1 what is left
/// over. The shape is an attribute before operator set 5, input 1 from then on.
/// </summary>
internal sealed class Reshape : Operator
{
    private const int FirstWithInput = 5;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        long[] wanted = (call.Opset < FirstWithInput ? call.Attributes.Ints("shape") : call.Integers(1)) ?? throw new OnnxException("the shape is missing");
        bool zeroIsZero = call.Attributes.Flag("allowzero");
        int[] shape = new int[wanted.Length];
        int open = -1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (wanted[axis] == -1 && open >= 0)
                throw new OnnxException("more than one size is −1");
            if (wanted[axis] == -1)
                open = axis;
            else if (wanted[axis] == 0 && !zeroIsZero)
                shape[axis] = axis < x.Rank ? x.Sizes[axis] : throw new OnnxException($"size {axis} is 0, but the input has no such axis");
            else
                shape[axis] = OperatorCall.Size(wanted[axis]);
        }

        if (open >= 0)
        {
            shape[open] = 1;
            int others = Dimensions.Count(shape);
            shape[open] = others == 0 ? 0 : x.Length / others;
        }

        if (Dimensions.Count(shape) != x.Length)
            throw new OnnxException($"{x.Length} elements do not make the shape [{string.Join(", ", wanted)}]");
        return [x.Reshape(shape)];
    }
}
