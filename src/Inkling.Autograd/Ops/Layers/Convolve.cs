using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Convolution (cross-correlation, as everywhere in deep learning): <c>[N, C, H, W]</c>, weight <c>[O, C / groups, K, K′]</c>, bias <c>[O]</c> → <c>[N, O, H′, W′]</c> with
/// <c>H′ = ⌊(H + 2 padding − dilation (K − 1) − 1) / stride⌋ + 1</c>; in one dimension <c>[N, C, L]</c>, weight <c>[O, C / groups, K]</c> → <c>[N, O, L′]</c>. The bias is
/// optional: two operands or three (Dumoulin &amp; Visin 2016, §2).
/// </summary>
/// <param name="geometry">How the kernel moves.</param>
public readonly struct Convolve(ConvolutionGeometry geometry) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Convolution";

    internal ConvolutionGeometry Geometry => geometry;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * outputs[0].Length * (inputs[1].Length / inputs[1][0]);

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0], weight = inputs[1];
        geometry.Check(Name);
        ConvolutionGeometry.CheckRanks(Name, x, weight);
        int groups = geometry.Groups;
        if (x[1] % groups != 0 || weight[0] % groups != 0) Errors.Shape(Name, $"{groups} groups do not divide {x[1]} input and {weight[0]} output channels.");
        if (weight[1] != x[1] / groups) Errors.Shape(Name, $"the input {x} has {x[1]} channels{(groups > 1 ? $" in {groups} groups" : "")}; the weight {weight} must have {x[1] / groups} in its second axis.");
        ConvolutionGeometry.CheckBias(Name, inputs.Count, inputs.Count > 2 ? inputs[2] : default, weight[0]);
        int width = Positions(x, weight, ^1, geometry.Stride.Columns, geometry.Padding.Columns, geometry.Dilation.Columns);
        outputs[0] = x.Rank == 3 ? [x[0], weight[0], width] : [x[0], weight[0], Positions(x, weight, 2, geometry.Stride.Rows, geometry.Padding.Rows, geometry.Dilation.Rows), width];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
        => Convolution.Forward(geometry.Sizes(context.InputShape(0), context.InputShape(1), context.OutputShape()),
            context.Input(0), context.Input(1), context.InputCount > 2 ? context.Input(2) : default, context.Output(), context.Team);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ConvolutionSizes sizes = geometry.Sizes(context.InputShape(0), context.InputShape(1), context.OutputShape());
        ReadOnlySpan<real> gy = context.OutputGradient();
        if (context.NeedsGradient(1)) Convolution.WeightGradient(sizes, context.Input(0), gy, context.InputGradient(1, out bool addWeight), addWeight, context.Team);
        if (context.NeedsGradient(0)) Convolution.Transposed(sizes, gy, context.Input(1), default, context.InputGradient(0, out bool add), add, context.Team);
        if (context.InputCount > 2 && context.NeedsGradient(2))
            Convolution.ChannelSums(sizes.Batch, sizes.Outputs, sizes.OutputLength, gy, context.InputGradient(2, out bool addBias), addBias, context.Team);
    }

    private static int Positions(in Shape x, in Shape weight, Index axis, int stride, int padding, int dilation)
    {
        long room = x[axis] + (2L * padding) - ((long)dilation * (weight[axis] - 1));
        if (weight[axis] < 1 || room < 1) Errors.Shape(Name, $"the kernel {weight} with dilation {dilation} does not fit the input {x} with padding {padding}. Pad more, or use a smaller kernel.");
        return (int)(((room - 1) / stride) + 1);
    }
}

/// <summary>The public face of <see cref="Inkling.Convolve"/>.</summary>
public static class ConvolveExtensions
{
    extension(Tensor x)
    {
        /// <summary>Convolution in one or two dimensions: <c>[N, C, L]</c> with weight <c>[O, C / groups, K]</c>, or <c>[N, C, H, W]</c> with <c>[O, C / groups, K, K′]</c>; bias <c>[O]</c>.</summary>
        /// <exception cref="ArgumentException">Shapes do not fit each other, or the kernel is larger than the padded input.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A stride, padding, dilation or number of groups is out of range.</exception>
        public Tensor Convolve(Parameter weight, Parameter? bias, ConvolutionGeometry geometry)
        {
            Tape tape = x.Tape;
            Convolve op = new(geometry);
            return bias is null ? Tape.Record(op, x, tape.Parameter(weight)) : Tape.Record(op, x, tape.Parameter(weight), tape.Parameter(bias));
        }
    }
}
