namespace Inkling.Nn;

/// <summary>
/// Transposed convolution in one dimension, which makes sequences longer where its stride is above 1: <c>[N, C, L] → [N, O, L′]</c> with <c>L′ = (L − 1) stride − 2 padding + dilation (K − 1) + extra + 1</c>
/// (Dumoulin &amp; Visin 2016). Parameters as in PyTorch: <c>weight</c> <c>[C, O / groups, K]</c> and <c>bias</c> <c>[O]</c>, both uniform in <c>±1/√fan</c> at first, fan being the product of the weight's
/// axes but the first.
/// </summary>
public sealed class ConvTranspose1D : Module, ILayer
{
    private readonly ConvolutionGeometry _geometry;
    private readonly Extent _extra;

    /// <summary>Declares the layer.</summary>
    /// <param name="input">Channels C of the input, at least 1.</param>
    /// <param name="output">Channels O of the output, at least 1.</param>
    /// <param name="kernel">Length of the kernel, at least 1.</param>
    /// <param name="stride">From one position of the kernel to the next, at least 1. Default: 1.</param>
    /// <param name="padding">Zeros on each side of the input, at least 0. Default: 0.</param>
    /// <param name="dilation">From one element of the kernel to the next, at least 1. Default: 1.</param>
    /// <param name="groups">Groups that the channels fall into, each seeing its own only; a divisor of both numbers of channels. Default: 1.</param>
    /// <param name="extra">Entries added at the end, below stride or dilation: with a stride above 1 several lengths have the same convolution. Default: 0.</param>
    /// <param name="bias">Whether b is there. Default: true.</param>
    /// <param name="initialize">Initial weights; default as above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public ConvTranspose1D(
        int input, int output, int kernel, int stride = 1, int padding = default, int dilation = 1, int groups = 1, int extra = 0, bool bias = true, Action<Parameter, ulong>? initialize = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(output, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
        _geometry = new ConvolutionGeometry(stride, padding, dilation, groups);
        _geometry.Check(nameof(ConvTranspose1D));
        if (input % groups != 0 || output % groups != 0) throw new ArgumentException($"ConvTranspose1D: {groups} groups do not divide {input} input and {output} output channels.", nameof(groups));
        Shape shape = [input, output / groups, kernel];
        real bound = (real)(1 / Math.Sqrt(shape.Length / shape[0]));
        Weight = AddParameter("weight", shape, initialize ?? Initializer.Uniform(bound));
        Bias = bias ? AddParameter("bias", [output], Initializer.Uniform(bound), decays: false) : null;
        _extra = extra;
    }

    /// <summary>w, <c>[C, O / groups, K]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>b, <c>[O]</c>, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>How the kernel moves.</summary>
    public ConvolutionGeometry Geometry => _geometry;

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank != 3) throw new ArgumentException($"ConvTranspose1D: the input is {shape}; it must be [N, C, L]. Reshape it.", nameof(x));
        return x.ConvolveTransposed(Weight, Bias, _geometry, _extra);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ConvTranspose1D({Weight.Shape[0]} → {Weight.Shape[1] * _geometry.Groups}, kernel {Weight.Shape[2]}{(Bias is null ? ", no bias" : "")})";
}
