namespace Inkling.Nn;

/// <summary>Layer normalisation over the last axis, <c>y = (x − μ)/√(σ² + ε) · g + b</c>: <c>[…, H] → […, H]</c> (Ba, Kiros &amp; Hinton 2016). Parameters <c>weight</c> g = 1 and <c>bias</c> b = 0.</summary>
public sealed class LayerNorm : Module, ILayer
{
    private readonly real _epsilon;

    /// <summary>Declares the layer.</summary>
    /// <param name="width">Width H, at least 1.</param>
    /// <param name="epsilon">ε. Default: 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than 1.</exception>
    public LayerNorm(int width, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _epsilon = (real)epsilon;
        Gain = AddParameter("weight", [width], Initializer.Constant(1), decays: false);
        Bias = AddParameter("bias", [width], decays: false);
    }

    /// <summary>g, <c>[H]</c>.</summary>
    public Parameter Gain { get; }

    /// <summary>b, <c>[H]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Tape.Record(new Normalize(_epsilon), x, x.Tape.Parameter(Gain), x.Tape.Parameter(Bias));

    /// <inheritdoc/>
    public override string ToString() => $"LayerNorm({Gain.Shape[0]})";
}
