namespace Inkling.Onnx.Operators;

/// <summary>Without some axes of size 1, or without all of them. The axes are an attribute before operator set 13, input 1 from then on.</summary>
internal sealed class Squeeze : Operator
{
    /// <summary>The first operator set in which Squeeze and Unsqueeze take the axes as an input.</summary>
    public const int FirstWithInput = 13;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        long[]? given = call.Opset < FirstWithInput ? call.Attributes.Ints("axes") : call.Integers(1);
        int[] axes = given is null ? [.. Enumerable.Range(0, x.Rank).Where(axis => x.Sizes[axis] == 1)] : OperatorCall.Axes(given, x.Rank);
        if (Array.Exists(axes, axis => x.Sizes[axis] != 1))
            throw new OnnxException($"axes {Dimensions.Text(axes)} are not all of size 1");
        return [x.Reshape(Dimensions.Reduced(x.Sizes, axes, keep: false))];
    }
}

/// <summary>With new axes of size 1, counted in the result. The axes are an attribute before operator set 13, input 1 from then on.</summary>
internal sealed class Unsqueeze : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        long[] given = (call.Opset < Squeeze.FirstWithInput ? call.Attributes.Ints("axes") : call.Integers(1)) ?? throw new OnnxException("the axes are missing");
        int[] axes = OperatorCall.Axes(given, x.Rank + given.Length);
        int[] shape = new int[x.Rank + axes.Length];
        for (int axis = 0, from = 0; axis < shape.Length; axis++)
            shape[axis] = axes.Contains(axis) ? 1 : x.Sizes[from++];
        return [x.Reshape(shape)];
    }
}
