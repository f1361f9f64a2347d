namespace Inkling.Nn;

/// <summary>
/// Rectified linear unit with learnt slopes below 0, <c>y = x</c> where <c>x &gt; 0</c>, else <c>s x</c>: <c>[N, C, …] → [N, C, …]</c> with a slope for each channel, or any shape with one
/// slope (He et al. 2015, §2.1). Parameter <c>weight</c> <c>[C]</c> or <c>[1]</c>, as in PyTorch.
/// </summary>
public sealed class ParametricRelu : Module, ILayer
{
    /// <summary>Declares the layer.</summary>
    /// <param name="channels">Number of slopes C: 1 for all elements, or one for each entry of axis 1. Default: 1.</param>
    /// <param name="initial">The slopes at first. Default: 0.25.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is less than 1.</exception>
    public ParametricRelu(int channels = 1, double initial = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Slope = AddParameter("weight", [channels], Initializer.Constant((real)initial), decays: false);
    }

    /// <summary>s, <c>[C]</c> or <c>[1]</c>.</summary>
    public Parameter Slope { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are several slopes and the input has not as many channels.</exception>
    public Tensor Forward(Tensor x)
    {
        Tensor slope = x.Tape.Parameter(Slope);
        Shape shape = x.Shape;
        int channels = Slope.Shape[0];
        if (channels == 1) return x.Prelu(slope);
        if (shape.Rank < 2 || shape[1] != channels) throw new ArgumentException($"ParametricRelu: the input is {shape}; with {channels} slopes it must be [N, {channels}, …].", nameof(x));
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        sizes.Fill(1);
        sizes[0] = channels;
        return x.Prelu(slope.Reshape(Shape.Create(sizes[..(shape.Rank - 1)])));
    }

    /// <inheritdoc/>
    public override string ToString() => $"ParametricRelu({Slope.Shape[0]})";
}
