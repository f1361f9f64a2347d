namespace Inkling.Nn;

/// <summary>
/// Leaky rectified linear unit whose slope below 0 is drawn for every element and step while training, uniform in a range; at other times it is the range's middle.
/// Any shape (Xu et al. 2015, §2.4).
/// </summary>
public sealed class RandomizedLeakyRelu : Module, ILayer
{
    private readonly double _low;
    private readonly double _high;

    /// <summary>Declares the layer.</summary>
    /// <param name="low">The smallest slope. Default: 1/8.</param>
    /// <param name="high">The largest slope. Default: 1/3.</param>
    /// <exception cref="ArgumentException">The range is empty or not finite.</exception>
    public RandomizedLeakyRelu(double low = 1.0 / 8, double high = 1.0 / 3)
    {
        if (!(low <= high && double.IsFinite(low) && double.IsFinite(high))) throw new ArgumentException($"RandomizedLeakyRelu: slopes {low} to {high} are no range; low must not be above high.", nameof(low));
        _low = low;
        _high = high;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x.RandomizedLeakyRelu(_low, _high);

    /// <inheritdoc/>
    public override string ToString() => $"RandomizedLeakyRelu({_low} to {_high})";
}
