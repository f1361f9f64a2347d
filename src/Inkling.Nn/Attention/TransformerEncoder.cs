using System.Globalization;

namespace Inkling.Nn;

/// <summary>Encoder blocks one after the other, <c>[T, B, D] → [T, B, D]</c> (Vaswani et al. 2017, §3.1). Parameters as in PyTorch: <c>layers.k.*</c> of <see cref="TransformerEncoderLayer"/>, and <c>norm</c> where there is a last normalisation.</summary>
public sealed class TransformerEncoder : Module, ILayer
{
    private readonly TransformerEncoderLayer[] _layers;
    private readonly LayerNorm? _norm;

    /// <summary>Declares the blocks.</summary>
    /// <param name="width">Width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads, at least 1.</param>
    /// <param name="layers">Number of blocks, at least 1.</param>
    /// <param name="options">Options of all blocks; with <see cref="TransformerOptions.NormFirst"/> a normalisation follows the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    public TransformerEncoder(int width, int heads, int layers, TransformerOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        options ??= new TransformerOptions();
        _layers = [.. Enumerable.Range(0, layers).Select(k => AddChild("layers." + k.ToString(CultureInfo.InvariantCulture), new TransformerEncoderLayer(width, heads, options)))];
        _norm = options.NormFirst ? AddChild("norm", new LayerNorm(width, options.Epsilon)) : null;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Forward(x, default);

    /// <summary>Runs the blocks.</summary>
    /// <param name="x"><c>[T, B, D]</c>.</param>
    /// <param name="rule">What may be seen: causal, lengths.</param>
    /// <param name="mask">Added to the scores, −∞ to hide.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … T.</exception>
    public Tensor Forward(Tensor x, AttentionRule rule, Tensor? mask = null)
    {
        foreach (TransformerEncoderLayer layer in _layers) x = layer.Forward(x, rule, mask);
        return _norm is null ? x : _norm.Forward(x);
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerEncoder({_layers.Length} × {_layers[0]})";
}
