namespace Inkling.Onnx.Operators;

/// <summary>
/// Channels into blocks of pixels: [N, C b², H, W] becomes [N, C, H b, W b]. With <c>mode</c> = DCR the place in the block comes first among
/// the channels, with CRD last.
/// </summary>
internal sealed class DepthToSpace : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int b = OperatorCall.Size(call.Attributes.Int("blocksize"));
        if (x.Rank != 4 || b == 0 || x.Sizes[1] % (b * b) != 0)
            throw new OnnxException($"[N, C, H, W] with a multiple of {b}² channels is wanted");
        (int n, int c, int h, int w) = (x.Sizes[0], x.Sizes[1] / (b * b), x.Sizes[2], x.Sizes[3]);
        OnnxValue moved = call.Attributes.Text("mode", "DCR") switch
        {
            "DCR" => x.Reshape([n, b, b, c, h, w]).Transpose(0, 3, 4, 1, 5, 2),
            "CRD" => x.Reshape([n, c, b, b, h, w]).Transpose(0, 1, 4, 2, 5, 3),
            string other => throw new OnnxException($"'mode' is '{other}', DCR or CRD is wanted"),
        };
        return [moved.Reshape([n, c, h * b, w * b])];
    }
}

/// <summary>Blocks of pixels into channels: [N, C, H b, W b] becomes [N, b² C, H, W], the place in the block first.</summary>
internal sealed class SpaceToDepth : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        int b = OperatorCall.Size(call.Attributes.Int("blocksize"));
        if (x.Rank != 4 || b == 0 || x.Sizes[2] % b != 0 || x.Sizes[3] % b != 0)
            throw new OnnxException($"[N, C, H, W] with multiples of {b} rows and columns is wanted");
        (int n, int c, int h, int w) = (x.Sizes[0], x.Sizes[1], x.Sizes[2] / b, x.Sizes[3] / b);
        return [x.Reshape([n, c, h, b, w, b]).Transpose(0, 3, 5, 1, 2, 4).Reshape([n, c * b * b, h, w])];
    }
}
