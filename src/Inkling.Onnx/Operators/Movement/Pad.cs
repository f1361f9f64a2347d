namespace Inkling.Onnx.Operators;

/// <summary>
/// A tensor with something before and behind it along its axes: a constant, its reflection (the border itself not repeated), its border,
/// or itself again (<c>wrap</c>). Negative pads cut off. Pads are the attribute <c>paddings</c> in operator set 1, <c>pads</c> up to 10,
/// an input from 11 on.
/// </summary>
internal sealed class Pad : Operator
{
    private const int FirstWithInputs = 11;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        string mode = call.Attributes.Text("mode", "constant");
        long[] pads = (call.Opset >= FirstWithInputs ? call.Integers(1) : call.Attributes.Ints("pads") ?? call.Attributes.Ints("paddings"))
            ?? throw new OnnxException("the pads are missing");
        int[] axes = call.Opset >= FirstWithInputs && call.Integers(3) is { } given
            ? OperatorCall.Axes(given, x.Rank)
            : [.. Enumerable.Range(0, x.Rank)];
        if (pads.Length != 2 * axes.Length)
            throw new OnnxException($"{pads.Length} pads are given for {axes.Length} axes, two each are wanted");

        OnnxValue? fill = call.Opset >= FirstWithInputs
            ? call.Optional(2)
            : Conversion.Convert(OnnxValue.Scalar(call.Attributes.Float("value", 0)), x.Type);
        if (x.Type == OnnxElementType.String)
            fill ??= OnnxValue.Scalar("");
        for (int i = 0; i < axes.Length; i++)
        {
            long before = pads[i], behind = pads[i + axes.Length];
            if (before != 0 || behind != 0)
                x = AxisReading.Take(x, axes[i], Positions(x.Sizes[axes[i]], before, behind, mode), fill);
        }

        return [x];
    }

    /// <summary>Where along an axis each element of the padded axis comes from; −1 where from nowhere.</summary>
    private static int[] Positions(int size, long before, long behind, string mode)
    {
        int[] positions = new int[OperatorCall.Size(size + before + behind)];
        for (int i = 0; i < positions.Length; i++)
        {
            long at = i - before;
            positions[i] = at >= 0 && at < size ? (int)at : Outside(at, size, mode);
        }

        return positions;
    }

    private static int Outside(long at, int size, string mode)
    {
        if (mode == "constant")
            return -1;
        if (size == 0)
            throw new OnnxException($"an empty axis cannot be padded with mode '{mode}'");
        long period = long.Max(1, 2L * (size - 1));
        long back = ((at % period) + period) % period;
        return mode switch
        {
            "edge" => (int)long.Clamp(at, 0, size - 1),
            "reflect" => (int)(back < size ? back : period - back),
            "wrap" => (int)(((at % size) + size) % size),
            _ => throw new OnnxException($"'mode' is '{mode}', constant, reflect, edge or wrap is wanted"),
        };
    }
}
