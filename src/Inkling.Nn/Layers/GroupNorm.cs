namespace Inkling.Nn;

/// <summary>
/// Group normalisation, <c>y = (x − μ)/√(σ² + ε) · g + b</c> with mean and variance of each group of channels of each image: <c>[N, C, …] → [N, C, …]</c>, whatever the batch (Wu &amp; He 2018).
/// Parameters <c>weight</c> g = 1 and <c>bias</c> b = 0, <c>[C]</c>.
/// </summary>
public sealed class GroupNorm : Module, ILayer
{
    private readonly int _groups;
    private readonly real _epsilon;

    /// <summary>Declares the layer.</summary>
    /// <param name="groups">Groups, at least 1; a divisor of the channels.</param>
    /// <param name="channels">Channels C, at least 1.</param>
    /// <param name="epsilon">ε, above 0. Default: 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "GroupNorm: epsilon must be above 0.");
        if (channels % groups != 0) throw new ArgumentException($"GroupNorm: {groups} groups do not divide {channels} channels.", nameof(groups));
        _groups = groups;
        _epsilon = (real)epsilon;
        Gain = AddParameter("weight", [channels], Initializer.Constant(1), decays: false);
        Bias = AddParameter("bias", [channels], decays: false);
    }

    /// <summary>g, <c>[C]</c>.</summary>
    public Parameter Gain { get; }

    /// <summary>b, <c>[C]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Tape.Record(new NormalizeGroups(_groups, _epsilon), x, x.Tape.Parameter(Gain), x.Tape.Parameter(Bias));

    /// <inheritdoc/>
    public override string ToString() => $"GroupNorm({_groups} of {Gain.Shape[0]})";
}
