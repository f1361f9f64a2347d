namespace Inkling.Onnx.Operators;

/// <summary>The sizes of a tensor, or those from axis <c>start</c> to <c>end</c> (left out); bounds beyond the ends are cut to them.</summary>
internal sealed class ShapeOf : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int start = Bound(call.Attributes.Int("start", 0), x.Rank), end = Bound(call.Attributes.Int("end", x.Rank), x.Rank);
        long[] sizes = Array.ConvertAll(x.Sizes[start..int.Max(start, end)], size => (long)size);
        return [new OnnxValue<long>([sizes.Length], sizes)];
    }

    private static int Bound(long axis, int rank) => (int)long.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}

/// <summary>The number of elements of a tensor.</summary>
internal sealed class SizeOf : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call) => [OnnxValue.Scalar((long)call.Input(0).Length)];
}
