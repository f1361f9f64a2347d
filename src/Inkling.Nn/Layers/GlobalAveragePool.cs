namespace Inkling.Nn;

/// <summary>The mean of each channel over all places: <c>[N, C, L]</c> or <c>[N, C, H, W] → [N, C]</c> (Lin, Chen &amp; Yan 2014, §3.2).</summary>
public sealed class GlobalAveragePool : Module, ILayer
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        Tensor pooled = x.AdaptiveAveragePool(1);
        return pooled.Reshape([pooled.Shape[0], pooled.Shape[1]]);
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(GlobalAveragePool);
}
