namespace Inkling.Nn;

/// <summary>Inverted dropout: while training, each element is zero with probability p and the others are divided by 1 − p (Srivastava et al. 2014).</summary>
public sealed class Dropout : Module, ILayer
{
    /// <summary>Declares the layer.</summary>
    /// <param name="rate">p, 0 ≤ p &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Dropout(double rate)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "Dropout: the rate must be at least 0 and less than 1.");
        Rate = (real)rate;
    }

    /// <summary>p.</summary>
    public real Rate { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x.Dropout(Rate);

    /// <inheritdoc/>
    public override string ToString() => $"Dropout({Rate})";
}
