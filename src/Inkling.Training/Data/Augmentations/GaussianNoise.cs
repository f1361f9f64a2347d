namespace Inkling.Training.Data;

/// <summary>Adds normally distributed noise of mean 0 to every value.</summary>
/// <param name="deviation">Its standard deviation σ.</param>
public sealed class GaussianNoise(float deviation) : Augmentation
{
    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape shape, ItemRandom random)
    {
        for (int i = 0; i < values.Length; i++) values[i] += deviation * random.Gaussian();
    }
}
