namespace Inkling.Nn;

/// <summary>
/// Batch normalisation, <c>y = (x − μ)/√(σ² + ε) · g + b</c> with mean and variance of each channel over the batch: <c>[N, C, …] → [N, C, …]</c> (Ioffe &amp; Szegedy 2015). Parameters as in PyTorch:
/// <c>weight</c> g = 1 and <c>bias</c> b = 0, <c>[C]</c>; buffers <c>running_mean</c> = 0 and <c>running_var</c> = 1, <c>[C]</c>.
/// </summary>
/// <remarks>
/// On a recording tape the statistics of the batch are used, and the running ones move by <c>r ← (1 − m) r + m · batch</c> once the step is done: with the optimizer's update, or at the next
/// <see cref="Tape.Begin"/>. On a tape that does not record, as in validation, the running ones are used.
/// </remarks>
public abstract class BatchNorm : Module, ILayer
{
    private readonly real _momentum;
    private readonly real _epsilon;

    /// <summary>Declares the layer.</summary>
    /// <param name="channels">Channels C, at least 1.</param>
    /// <param name="momentum">m, the share of a batch in the running statistics, 0 to 1. Default: 0.1.</param>
    /// <param name="epsilon">ε, above 0. Default: 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    protected BatchNorm(int channels, double momentum, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(momentum >= 0 && momentum <= 1)) throw new ArgumentOutOfRangeException(nameof(momentum), momentum, $"{GetType().Name}: the momentum must be in 0 to 1.");
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"{GetType().Name}: epsilon must be above 0.");
        _momentum = (real)momentum;
        _epsilon = (real)epsilon;
        Gain = AddParameter("weight", [channels], Initializer.Constant(1), decays: false);
        Bias = AddParameter("bias", [channels], decays: false);
        RunningMean = AddBuffer("running_mean", [channels]);
        RunningVariance = AddBuffer("running_var", [channels], Initializer.Constant(1));
    }

    /// <summary>g, <c>[C]</c>.</summary>
    public Parameter Gain { get; }

    /// <summary>b, <c>[C]</c>.</summary>
    public Parameter Bias { get; }

    /// <summary>The running mean, <c>[C]</c>; a buffer.</summary>
    public Parameter RunningMean { get; }

    /// <summary>The running variance, <c>[C]</c>; a buffer.</summary>
    public Parameter RunningVariance { get; }

    /// <summary>Whether the running statistics are used and stay as they are on recording tapes too, as when a trained network is tuned on small batches. Default: false.</summary>
    public bool Frozen { get; set; }

    /// <summary>Whether the layer takes inputs of so many axes.</summary>
    private protected abstract bool Takes(int rank);

    /// <summary>The shapes that the layer takes.</summary>
    private protected abstract string Shapes { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input has other axes or channels, or while training only one value a channel.</exception>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        Tape tape = x.Tape;
        if (!Takes(shape.Rank)) throw new ArgumentException($"{GetType().Name}: the input is {shape}; it must be {Shapes}.", nameof(x));
        if (tape.Recording && !Frozen && shape.Length < 2 * shape[1]) throw new ArgumentException($"{GetType().Name}: the input is {shape}, which has no two values a channel to take a variance of. Use larger batches.", nameof(x));
        NormalizeBatch op = new(RunningMean, RunningVariance, _momentum, _epsilon, Frozen);
        return Tape.Record(op, x, tape.Parameter(Gain), tape.Parameter(Bias), tape.Parameter(RunningMean), tape.Parameter(RunningVariance));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Gain.Shape[0]})";
}
