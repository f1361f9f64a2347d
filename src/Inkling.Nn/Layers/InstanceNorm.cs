namespace Inkling.Nn;

/// <summary>
/// Instance normalisation, <c>y = (x − μ)/√(σ² + ε) · g + b</c> with mean and variance of each channel of each image: <c>[N, C, …] → [N, C, …]</c> (Ulyanov et al. 2016). Parameters <c>weight</c> g = 1
/// and <c>bias</c> b = 0, <c>[C]</c>, as in PyTorch with <c>affine=True</c>.
/// </summary>
public sealed class InstanceNorm : Module, ILayer
{
    private readonly real _epsilon;

    /// <summary>Declares the layer.</summary>
    /// <param name="channels">Channels C, at least 1.</param>
    /// <param name="epsilon">ε, above 0. Default: 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public InstanceNorm(int channels, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "InstanceNorm: epsilon must be above 0.");
        _epsilon = (real)epsilon;
        Gain = AddParameter("weight", [channels], Initializer.Constant(1), decays: false);
        Bias = AddParameter("bias", [channels], decays: false);
    }

    /// <summary>g, <c>[C]</c>.</summary>
    public Parameter Gain { get; }

    /// <summary>b, <c>[C]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Tape.Record(new NormalizeGroups(Gain.Shape[0], _epsilon), x, x.Tape.Parameter(Gain), x.Tape.Parameter(Bias));

    /// <inheritdoc/>
    public override string ToString() => $"InstanceNorm({Gain.Shape[0]})";
}
