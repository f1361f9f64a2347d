namespace Inkling.Training.Data;

/// <summary>Mirrors an image left to right with a probability: <c>[…, H, W]</c>, each row reversed. Not for digits and text.</summary>
/// <param name="probability">0 … 1. Default: one half.</param>
public sealed class HorizontalFlip(double probability = 0.5) : Augmentation
{
    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape shape, ItemRandom random)
    {
        if (random.Uniform() >= probability) return;
        int width = shape[^1];
        for (int start = 0; start < values.Length; start += width) values.Slice(start, width).Reverse();
    }
}
