namespace Inkling.Onnx.Operators;

/// <summary>The axes in the order of <c>perm</c>; reversed when it is left out.</summary>
internal sealed class Transpose : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int[] order = call.Attributes.Ints("perm") is { } given ? OperatorCall.Axes(given, x.Rank) : [.. Enumerable.Range(0, x.Rank).Reverse()];
        if (order.Length != x.Rank)
            throw new OnnxException($"'perm' has {order.Length} axes");
        return [x.Transpose(order)];
    }
}
