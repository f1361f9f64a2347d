namespace Inkling.Onnx.Operators;

/// <summary>How one axis is resized.</summary>
/// <param name="Axis">Which.</param>
/// <param name="Input">Its size.</param>
/// <param name="Output">Its size afterwards.</param>
/// <param name="Scale">By how much.</param>
/// <param name="From">Where the region begins that is taken, as a part of the axis.</param>
/// <param name="To">Where it ends.</param>
internal sealed record ResizedAxis(int Axis, int Input, int Output, double Scale, double From = 0, double To = 1)
{
    /// <summary>
    /// A position divided by the scale. A scale that was given is a number of 32 bits, and the quotient of 32 bits is what was meant: 1.5 / 0.6 is 2.5
    /// then, and not a little less.
    /// </summary>
    public double Divide(double position) => Scale == (float)Scale ? (float)position / (float)Scale : position / Scale;

    /// <summary>From inputs 1 (region), 2 (scales) and 3 (sizes) of Resize.</summary>
    /// <exception cref="OnnxException">They do not fit the axes.</exception>
    public static ResizedAxis[] Of(OperatorCall call, OnnxValue x)
    {
        int[] axes = call.Attributes.Ints("axes") is { } given ? OperatorCall.Axes(given, x.Rank) : [.. Enumerable.Range(0, x.Rank)];
        double[] region = Doubles(call, 1), scales = Doubles(call, 2);
        long[] sizes = call.Integers(3) ?? [];
        if (scales.Length == 0 == (sizes.Length == 0) || scales.Length + sizes.Length != axes.Length || (region.Length != 0 && region.Length != 2 * axes.Length))
            throw new OnnxException($"for {axes.Length} axes, {scales.Length} scales, {sizes.Length} sizes and {region.Length} region bounds are given; either as many scales or as many sizes are wanted");
        ResizedAxis[] all = scales.Length > 0 ? OfScales(x, scales, axes) : OfSizes(x, sizes, axes, call.Attributes.Text("keep_aspect_ratio_policy", "stretch"));
        return region.Length == 0 ? all : [.. all.Select((axis, i) => axis with { From = region[i], To = region[i + axes.Length] })];
    }

    /// <summary>From factors alone, for the first so many axes or those named.</summary>
    /// <exception cref="OnnxException">They do not fit the axes.</exception>
    public static ResizedAxis[] OfScales(OnnxValue x, double[] scales, int[]? axes = null)
    {
        axes ??= [.. Enumerable.Range(0, x.Rank)];
        if (scales.Length != axes.Length || Array.Exists(scales, scale => scale is not (> 0 and < int.MaxValue)))
            throw new OnnxException($"{scales.Length} scales are given for {axes.Length} axes, each must be more than 0");
        return [.. axes.Select((axis, i) => new ResizedAxis(axis, x.Sizes[axis], OperatorCall.Size((long)double.Floor(x.Sizes[axis] * scales[i])), scales[i]))];
    }

    private static ResizedAxis[] OfSizes(OnnxValue x, long[] sizes, int[] axes, string policy)
    {
        double[] scales = [.. axes.Select((axis, i) => (double)OperatorCall.Size(sizes[i]) / x.Sizes[axis])];
        if (policy == "stretch")
            return [.. axes.Select((axis, i) => new ResizedAxis(axis, x.Sizes[axis], (int)sizes[i], scales[i]))];
        double one = policy switch
        {
            "not_larger" => scales.Min(),
            "not_smaller" => scales.Max(),
            _ => throw new OnnxException($"'keep_aspect_ratio_policy' is '{policy}', stretch, not_larger or not_smaller is wanted"),
        };
        return [.. axes.Select(axis => new ResizedAxis(axis, x.Sizes[axis], (int)double.Floor((one * x.Sizes[axis]) + 0.5), one))];
    }

    private static double[] Doubles(OperatorCall call, int input) =>
        call.Optional(input) is { Length: > 0 } value ? Conversion.Convert(value, OnnxElementType.Double).As<double>().Data : [];
}
