namespace Inkling.Nn;

/// <summary>
/// Root mean square normalisation over the last axis, <c>y = x/√(mean(x²) + ε) · g</c>: <c>[…, H] → […, H]</c>, layer normalisation without mean and bias (Zhang &amp; Sennrich 2019). Parameter
/// <c>weight</c> g = 1.
/// </summary>
public sealed class RmsNorm : Module, ILayer
{
    private readonly real _epsilon;

    /// <summary>Declares the layer.</summary>
    /// <param name="width">Width H, at least 1.</param>
    /// <param name="epsilon">ε, above 0. Default: 1e-6.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RmsNorm(int width, double epsilon = 1e-6)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "RmsNorm: epsilon must be above 0.");
        _epsilon = (real)epsilon;
        Gain = AddParameter("weight", [width], Initializer.Constant(1), decays: false);
    }

    /// <summary>g, <c>[H]</c>.</summary>
    public Parameter Gain { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Tape.Record(new NormalizeRms(_epsilon), x, x.Tape.Parameter(Gain));

    /// <inheritdoc/>
    public override string ToString() => $"RmsNorm({Gain.Shape[0]})";
}
