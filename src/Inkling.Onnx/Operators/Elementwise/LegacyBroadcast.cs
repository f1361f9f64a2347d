namespace Inkling.Onnx.Operators;

/// <summary>
/// How pairs were broadcast before operator set 7: with <c>broadcast</c> set, the second operand's axes may lie anywhere, from <c>axis</c> on,
/// instead of last. Aligned here by giving it axes of size 1 behind, the general rule does the rest. Where the flag is not set the shapes ought
/// to agree; what broadcasts all the same is let through.
/// </summary>
internal static class LegacyBroadcast
{
    private const int FirstWithGeneralRule = 7;

    /// <summary>The first two operands, so that the general rule applies.</summary>
    /// <exception cref="OnnxException">The second does not fit into the first from the axis on.</exception>
    public static (OnnxValue Left, OnnxValue Right) Align(OperatorCall call)
    {
        OnnxValue a = call.Input(0), b = call.Input(1);
        if (call.Opset >= FirstWithGeneralRule || !call.Attributes.Has("axis"))
            return (a, b);
        int axis = OperatorCall.Axis(call.Attributes.Int("axis"), a.Rank + 1);
        int behind = a.Rank - axis - b.Rank;
        if (behind < 0)
            throw new OnnxException($"the second operand does not fit into the first from axis {axis} on");
        return (a, b.Reshape([.. b.Sizes, .. Enumerable.Repeat(1, behind)]));
    }
}
