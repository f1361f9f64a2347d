namespace Inkling.Onnx.Operators;

/// <summary>
/// How pairs were broadcast before operator set 7: only when <c>broadcast</c> is set, and the second operand's axes may lie anywhere,
/// from <c>axis</c> on, instead of last. Aligned here by giving it axes of size 1 behind, the general rule does the rest.
/// </summary>
internal static class LegacyBroadcast
{
    private const int FirstWithGeneralRule = 7;

    /// <summary>The first two operands, so that the general rule applies.</summary>
    /// <exception cref="OnnxException">The shapes differ and <c>broadcast</c> is not set, or do not fit.</exception>
    public static (OnnxValue Left, OnnxValue Right) Align(OperatorCall call)
    {
        OnnxValue a = call.Input(0), b = call.Input(1);
        if (call.Opset >= FirstWithGeneralRule)
            return (a, b);
        if (!call.Attributes.Flag("broadcast"))
        {
            return a.Shape.SequenceEqual(b.Shape) || b.Length == 1
                ? (a, b)
                : throw new OnnxException("the shapes differ and 'broadcast' is not set");
        }

        int axis = call.Attributes.Has("axis") ? OperatorCall.Axis(call.Attributes.Int("axis"), a.Rank + 1) : a.Rank - b.Rank;
        int behind = a.Rank - axis - b.Rank;
        if (axis < 0 || behind < 0)
            throw new OnnxException($"the second operand does not fit into the first from axis {axis} on");
        return (a, b.Reshape([.. b.Sizes, .. Enumerable.Repeat(1, behind)]));
    }
}
