using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Transposed convolution, the transpose of <see cref="Convolve"/> as a linear map: <c>[N, C, H, W]</c>, weight <c>[C, O / groups, K, K′]</c>, bias <c>[O]</c> →
/// <c>[N, O, H′, W′]</c> with <c>H′ = (H − 1) stride − 2 padding + dilation (K − 1) + extra + 1</c>; in one dimension without H. The bias is optional: two operands or
/// three (Dumoulin &amp; Visin 2016, §4).
/// </summary>
/// <param name="geometry">How the kernel of the convolution moves that this transposes.</param>
/// <param name="extra">Rows and columns added at the end, as a stride leaves it open how large the input of the convolution was; below stride or dilation.</param>
public readonly struct ConvolveTransposed(ConvolutionGeometry geometry, Extent extra) : IOp
{
    /// <inheritdoc/>
    public static string Name => "TransposedConvolution";

    internal ConvolutionGeometry Geometry => geometry;
    internal Extent Extra => extra;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * inputs[0].Length * (inputs[1].Length / inputs[1][0]);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0], weight = inputs[1];
        geometry.Check(Name);
        ConvolutionGeometry.CheckRanks(Name, x, weight);
        int groups = geometry.Groups;
        if (x[1] != weight[0]) Errors.Shape(Name, $"the input {x} has {x[1]} channels; the weight {weight} must have as many in its first axis.");
        if (x[1] % groups != 0) Errors.Shape(Name, $"{groups} groups do not divide {x[1]} input channels.");
        int channels = weight[1] * groups;
        ConvolutionGeometry.CheckBias(Name, inputs.Count, inputs.Count > 2 ? inputs[2] : default, channels);
        int width = Size(x, weight, ^1, geometry.Stride.Columns, geometry.Padding.Columns, geometry.Dilation.Columns, extra.Columns);
        outputs[0] = x.Rank == 3 ? [x[0], channels, width] : [x[0], channels, Size(x, weight, 2, geometry.Stride.Rows, geometry.Padding.Rows, geometry.Dilation.Rows, extra.Rows), width];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
        => Convolution.Transposed(geometry.Sizes(context.OutputShape(), context.InputShape(1), context.InputShape(0)),
            context.Input(0), context.Input(1), context.InputCount > 2 ? context.Input(2) : default, context.Output(), false, context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ConvolutionSizes sizes = geometry.Sizes(context.OutputShape(), context.InputShape(1), context.InputShape(0));
        ReadOnlySpan<real> gy = context.OutputGradient();
        if (context.NeedsGradient(1)) Convolution.WeightGradient(sizes, gy, context.Input(0), context.InputGradient(1, out bool addWeight), addWeight, context.Team);
        if (context.NeedsGradient(0))
        {
            Span<real> gx = context.InputGradient(0, out bool add), result = add ? context.Scratch(gx.Length) : gx;
            Convolution.Forward(sizes, gy, context.Input(1), default, result, context.Team);
            if (add) Elementwise.Add(result, gx);
        }

        if (context.InputCount > 2 && context.NeedsGradient(2))
            Convolution.ChannelSums(sizes.Batch, sizes.Channels, sizes.InputLength, gy, context.InputGradient(2, out bool addBias), addBias, context.Team);
    }

    private static int Size(in Shape x, in Shape weight, Index axis, int stride, int padding, int dilation, int extra)
    {
        if (weight[axis] < 1 || x[axis] < 1) Errors.Shape(Name, $"the input {x} and the weight {weight} must not be empty.");
        if (extra < 0 || extra >= Math.Max(stride, dilation)) throw new ArgumentOutOfRangeException(nameof(extra), extra, $"TransposedConvolution: the extra size {extra} must be at least 0 and below the stride {stride} or the dilation {dilation}.");
        long size = ((x[axis] - 1L) * stride) - (2L * padding) + ((long)dilation * (weight[axis] - 1)) + extra + 1;
        if (size < 1) Errors.Shape(Name, $"with padding {padding} nothing is left of the input {x} and the kernel {weight}. Pad less.");
        return (int)Math.Min(size, int.MaxValue);
    }
}

/// <summary>The public face of <see cref="Inkling.ConvolveTransposed"/>.</summary>
public static class ConvolveTransposedExtensions
{
    extension(Tensor x)
    {
        /// <summary>Transposed convolution: <c>[N, C, L]</c> with weight <c>[C, O / groups, K]</c>, or <c>[N, C, H, W]</c> with <c>[C, O / groups, K, K′]</c>; bias <c>[O]</c>.</summary>
        /// <exception cref="ArgumentException">Shapes do not fit each other, or padding leaves nothing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride, padding, dilation, extra size or number of groups is out of range.</exception>
        public Tensor ConvolveTransposed(Parameter weight, Parameter? bias, ConvolutionGeometry geometry, Extent extra = default)
        {
            Tape tape = x.Tape;
            ConvolveTransposed op = new(geometry, extra);
            return bias is null ? Tape.Record(op, x, tape.Parameter(weight)) : Tape.Record(op, x, tape.Parameter(weight), tape.Parameter(bias));
        }
    }
}
