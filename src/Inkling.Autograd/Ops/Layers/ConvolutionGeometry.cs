using Inkling.Numerics;

namespace Inkling;

/// <summary>How the kernel of a convolution moves. Of one dimension only the columns count.</summary>
/// <param name="Stride">From one position to the next, at least 1.</param>
/// <param name="Padding">Zeros around the image, at least 0, on each side.</param>
/// <param name="Dilation">From one element of the kernel to the next, at least 1.</param>
/// <param name="Groups">Groups that the channels fall into; each sees its own only. At least 1.</param>
public readonly record struct ConvolutionGeometry(Extent Stride, Extent Padding, Extent Dilation, int Groups)
{
    /// <summary>Step 1, no padding, no gaps, one group.</summary>
    public static ConvolutionGeometry Plain => new(1, 0, 1, 1);

    /// <summary>Throws unless all are in range.</summary>
    internal void Check(string op)
    {
        Stride.CheckAtLeast(1, op, "stride");
        Padding.CheckAtLeast(0, op, "padding");
        Dilation.CheckAtLeast(1, op, "dilation");
        if (Groups < 1) Errors.Shape(op, $"there are {Groups} groups; there must be at least 1.");
    }

    /// <summary>Shapes of images and their convolution as sizes; <c>[N, C, L]</c> is <c>[N, C, 1, L]</c>.</summary>
    /// <param name="x">The images.</param>
    /// <param name="weight">[O, C / groups, (rows,) columns].</param>
    /// <param name="y">The results.</param>
    internal ConvolutionSizes Sizes(in Shape x, in Shape weight, in Shape y)
    {
        bool flat = x.Rank == 3;
        return new ConvolutionSizes
        {
            Batch = x[0],
            Channels = x[1],
            Height = flat ? 1 : x[2],
            Width = x[^1],
            Outputs = weight[0],
            OutputHeight = flat ? 1 : y[2],
            OutputWidth = y[^1],
            Groups = Groups,
            Kernel = (flat ? 1 : weight[2], weight[^1]),
            Stride = (flat ? 1 : Stride.Rows, Stride.Columns),
            Padding = (flat ? 0 : Padding.Rows, Padding.Columns),
            Dilation = (flat ? 1 : Dilation.Rows, Dilation.Columns),
        };
    }

    /// <summary>Throws unless images and weights have three axes each, or four each.</summary>
    internal static void CheckRanks(string op, in Shape x, in Shape weight)
    {
        if (x.Rank != weight.Rank || x.Rank is not (3 or 4))
            Errors.Shape(op, $"the input {x} and the weight {weight} must be [N, C, L] with [., ., K], or [N, C, H, W] with [., ., K, K]. Reshape the input?");
    }

    /// <summary>Throws unless a bias of that many channels is given, or none.</summary>
    internal static void CheckBias(string op, int given, in Shape bias, int channels)
    {
        if (given > 2 && (bias.Rank != 1 || bias[0] != channels)) Errors.Shape(op, $"the bias is {bias}; it must be [{channels}].");
    }
}
