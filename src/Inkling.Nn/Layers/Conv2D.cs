namespace Inkling.Nn;

/// <summary>
/// Convolution in two dimensions: <c>[N, C, H, W] → [N, O, H′, W′]</c> with <c>H′ = ⌊(H + 2 padding − dilation (K − 1) − 1) / stride⌋ + 1</c>
/// (Dumoulin &amp; Visin 2016). Parameters as in PyTorch: <c>weight</c> <c>[O, C / groups, K, K′]</c> and <c>bias</c> <c>[O]</c>, both uniform in <c>±1/√fan</c> at first, fan being the product of the weight's
/// axes but the first.
/// </summary>
public sealed class Conv2D : Module, ILayer
{
    private readonly ConvolutionGeometry _geometry;

    /// <summary>Declares the layer.</summary>
    /// <param name="input">Channels C of the input, at least 1.</param>
    /// <param name="output">Channels O of the output, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel, at least 1.</param>
    /// <param name="stride">From one position of the kernel to the next, at least 1. Default: 1.</param>
    /// <param name="padding">Zeros on each side of the input, at least 0. Default: 0.</param>
    /// <param name="dilation">From one element of the kernel to the next, at least 1. Default: 1.</param>
    /// <param name="groups">Groups that the channels fall into, each seeing its own only; a divisor of both numbers of channels. Default: 1.</param>
    /// <param name="bias">Whether b is there. Default: true.</param>
    /// <param name="initialize">Initial weights; default as above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public Conv2D(
        int input, int output, Extent kernel, Extent? stride = null, Extent padding = default, Extent? dilation = null, int groups = 1, bool bias = true, Action<Parameter, ulong>? initialize = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(output, 1);
        kernel.CheckAtLeast(1, nameof(Conv2D), nameof(kernel));
        _geometry = new ConvolutionGeometry(stride ?? 1, padding, dilation ?? 1, groups);
        _geometry.Check(nameof(Conv2D));
        if (input % groups != 0 || output % groups != 0) throw new ArgumentException($"Conv2D: {groups} groups do not divide {input} input and {output} output channels.", nameof(groups));
        Shape shape = [output, input / groups, kernel.Rows, kernel.Columns];
        real bound = (real)(1 / Math.Sqrt(shape.Length / shape[0]));
        Weight = AddParameter("weight", shape, initialize ?? Initializer.Uniform(bound));
        Bias = bias ? AddParameter("bias", [output], Initializer.Uniform(bound), decays: false) : null;
    }

    /// <summary>w, <c>[O, C / groups, K, K′]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>b, <c>[O]</c>, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>How the kernel moves.</summary>
    public ConvolutionGeometry Geometry => _geometry;

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank != 4) throw new ArgumentException($"Conv2D: the input is {shape}; it must be [N, C, H, W]. Reshape it.", nameof(x));
        return x.Convolve(Weight, Bias, _geometry);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Conv2D({Weight.Shape[1] * _geometry.Groups} → {Weight.Shape[0]}, kernel {Weight.Shape[2]}×{Weight.Shape[3]}{(Bias is null ? ", no bias" : "")})";
}
