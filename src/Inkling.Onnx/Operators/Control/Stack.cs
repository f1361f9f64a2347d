namespace Inkling.Onnx.Operators;

/// <summary>Values of several runs of a graph behind one another.</summary>
internal static class Stack
{
    /// <summary>The values along a new axis.</summary>
    /// <exception cref="OnnxException">They differ in type or shape.</exception>
    public static OnnxValue Along(int axis, IReadOnlyList<OnnxValue> values)
    {
        OnnxValue first = values[0];
        int at = OperatorCall.Axis(axis, first.Rank + 1);
        int[] shape = [.. first.Shape[..at], 1, .. first.Shape[at..]];
        foreach (OnnxValue value in values)
        {
            if (value.Type != first.Type || !value.Shape.SequenceEqual(first.Shape))
                throw new OnnxException("an output that is gathered changes its type or shape from one run to the next");
        }

        return first.Reshape(shape).Join([.. values.Skip(1).Select(value => value.Reshape(shape))], at);
    }
}
