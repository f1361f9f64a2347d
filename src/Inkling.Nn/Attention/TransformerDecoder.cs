using System.Globalization;

namespace Inkling.Nn;

/// <summary>Decoder blocks one after the other, <c>[Tq, B, D]</c> and memory <c>[Tk, B, D]</c> → <c>[Tq, B, D]</c> (Vaswani et al. 2017, §3.1). Parameters as in PyTorch: <c>layers.k.*</c> of <see cref="TransformerDecoderLayer"/>, and <c>norm</c> where there is a last normalisation.</summary>
public sealed class TransformerDecoder : Module
{
    private readonly TransformerDecoderLayer[] _layers;
    private readonly LayerNorm? _norm;

    /// <summary>Declares the blocks.</summary>
    /// <param name="width">Width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads, at least 1.</param>
    /// <param name="layers">Number of blocks, at least 1.</param>
    /// <param name="options">Options of all blocks; with <see cref="TransformerOptions.NormFirst"/> a normalisation follows the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    public TransformerDecoder(int width, int heads, int layers, TransformerOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        options ??= new TransformerOptions();
        _layers = [.. Enumerable.Range(0, layers).Select(k => AddChild("layers." + k.ToString(CultureInfo.InvariantCulture), new TransformerDecoderLayer(width, heads, options)))];
        _norm = options.NormFirst ? AddChild("norm", new LayerNorm(width, options.Epsilon)) : null;
    }

    /// <summary>Runs the blocks.</summary>
    /// <param name="x">What has been written, <c>[Tq, B, D]</c>.</param>
    /// <param name="memory">What the encoder returned, <c>[Tk, B, D]</c>.</param>
    /// <param name="lengths"><c>[B]</c>: how many steps of x count; null for all.</param>
    /// <param name="memoryLengths"><c>[B]</c>: how many steps of the memory count; null for all.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is out of range.</exception>
    public Tensor Forward(Tensor x, Tensor memory, Indices? lengths = null, Indices? memoryLengths = null)
    {
        foreach (TransformerDecoderLayer layer in _layers) x = layer.Forward(x, memory, lengths, memoryLengths);
        return _norm is null ? x : _norm.Forward(x);
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerDecoder({_layers.Length} × {_layers[0]})";
}
