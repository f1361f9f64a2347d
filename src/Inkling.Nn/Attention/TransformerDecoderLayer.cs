namespace Inkling.Nn;

/// <summary>
/// A block of a transformer decoder (Vaswani et al. 2017, §3.1): causal self-attention, attention to what the encoder returned, two linear
/// layers, each with a sum around it and a layer normalisation after it, or before it: <c>[Tq, B, D]</c> and memory <c>[Tk, B, D]</c> → <c>[Tq, B, D]</c>.
/// </summary>
/// <remarks>
/// Parameters as in PyTorch's <c>TransformerDecoderLayer</c>: <c>self_attn.*</c> and <c>multihead_attn.*</c> of <see cref="MultiHeadAttention"/>,
/// <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>, <c>norm3</c>.
/// </remarks>
public sealed class TransformerDecoderLayer : Module
{
    private readonly TransformerOptions _options;
    private readonly MultiHeadAttention _self, _cross;
    private readonly FeedForward _feedForward;
    private readonly LayerNorm _norm1, _norm2, _norm3;

    /// <summary>Declares the block.</summary>
    /// <param name="width">Width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads, at least 1.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    public TransformerDecoderLayer(int width, int heads, TransformerOptions? options = null)
    {
        _options = options ?? new TransformerOptions();
        _self = AddChild("self_attn", new MultiHeadAttention(width, heads, dropout: _options.Dropout, rotary: _options.Rotary));
        _cross = AddChild("multihead_attn", new MultiHeadAttention(width, heads, dropout: _options.Dropout));
        _feedForward = new FeedForward(AddChild("linear1", new Linear(width, _options.HiddenOf(width))), AddChild("linear2", new Linear(_options.HiddenOf(width), width)), _options);
        _norm1 = AddChild("norm1", new LayerNorm(width, _options.Epsilon));
        _norm2 = AddChild("norm2", new LayerNorm(width, _options.Epsilon));
        _norm3 = AddChild("norm3", new LayerNorm(width, _options.Epsilon));
    }

    /// <summary>Runs the block.</summary>
    /// <param name="x">What has been written, <c>[Tq, B, D]</c>.</param>
    /// <param name="memory">What the encoder returned, <c>[Tk, B, D]</c>.</param>
    /// <param name="lengths"><c>[B]</c>: how many steps of x count; null for all.</param>
    /// <param name="memoryLengths"><c>[B]</c>: how many steps of the memory count; null for all.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is out of range.</exception>
    public Tensor Forward(Tensor x, Tensor memory, Indices? lengths = null, Indices? memoryLengths = null)
    {
        AttentionRule own = new() { Causal = true, Lengths = lengths }, other = new() { Lengths = memoryLengths };
        real dropout = (real)_options.Dropout;
        if (_options.NormFirst)
        {
            x += _self.Forward(_norm1.Forward(x), own).Dropout(dropout);
            x += _cross.Forward(_norm2.Forward(x), memory, other).Dropout(dropout);
            return x + _feedForward.Forward(_norm3.Forward(x));
        }

        x = _norm1.Forward(x + _self.Forward(x, own).Dropout(dropout));
        x = _norm2.Forward(x + _cross.Forward(x, memory, other).Dropout(dropout));
        return _norm3.Forward(x + _feedForward.Forward(x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerDecoderLayer({_self}{(_options.NormFirst ? ", norm first" : "")})";
}
