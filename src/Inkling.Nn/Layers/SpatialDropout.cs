namespace Inkling.Nn;

/// <summary>
/// Dropout of whole channels, <c>[N, C, …]</c>: while training, each channel of each image is zero with probability p and the others are divided by 1 − p
/// (Tompson et al. 2015, §3.2). For feature maps, whose neighbours are alike.
/// </summary>
public sealed class SpatialDropout : Module, ILayer
{
    /// <summary>Declares the layer.</summary>
    /// <param name="rate">p, 0 ≤ p &lt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public SpatialDropout(double rate)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "SpatialDropout: the rate must be at least 0 and less than 1.");
        Rate = (real)rate;
    }

    /// <summary>p.</summary>
    public real Rate { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x.DropoutChannels(Rate);

    /// <inheritdoc/>
    public override string ToString() => $"SpatialDropout({Rate})";
}
