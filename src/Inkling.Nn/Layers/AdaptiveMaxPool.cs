namespace Inkling.Nn;

/// <summary>
/// The maxima of windows chosen so that the result has a given size, whatever the input's: <c>[N, C, H, W] → [N, C, rows, columns]</c>, or <c>[N, C, L] → [N, C, columns]</c>.
/// Window i of n over L entries is <c>⌊i L / n⌋ … ⌈(i + 1) L / n⌉ − 1</c>.
/// </summary>
public sealed class AdaptiveMaxPool : Module, ILayer
{
    private readonly Extent _size;

    /// <summary>Declares the layer.</summary>
    /// <param name="size">Size of the result, at least 1; of <c>[N, C, L]</c> only the columns count.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is less than 1.</exception>
    public AdaptiveMaxPool(Extent size)
    {
        size.CheckAtLeast(1, nameof(AdaptiveMaxPool), nameof(size));
        _size = size;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x.AdaptiveMaxPool(_size);

    /// <inheritdoc/>
    public override string ToString() => $"AdaptiveMaxPool({_size})";
}
