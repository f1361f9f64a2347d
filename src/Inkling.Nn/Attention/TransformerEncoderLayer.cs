namespace Inkling.Nn;

/// <summary>
/// A block of a transformer encoder (Vaswani et al. 2017, §3.1): self-attention, then two linear layers, each with a sum around it and a layer
/// normalisation after it, or before it: <c>[T, B, D] → [T, B, D]</c>. With a causal rule it is a block of a decoder-only model.
/// </summary>
/// <remarks>
/// Parameters as in PyTorch's <c>TransformerEncoderLayer</c>: <c>self_attn.*</c> of <see cref="MultiHeadAttention"/>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>.
/// </remarks>
public sealed class TransformerEncoderLayer : Module, ILayer
{
    private readonly TransformerOptions _options;
    private readonly MultiHeadAttention _attention;
    private readonly FeedForward _feedForward;
    private readonly LayerNorm _norm1, _norm2;

    /// <summary>Declares the block.</summary>
    /// <param name="width">Width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads, at least 1.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    public TransformerEncoderLayer(int width, int heads, TransformerOptions? options = null)
    {
        _options = options ?? new TransformerOptions();
        _attention = AddChild("self_attn", new MultiHeadAttention(width, heads, dropout: _options.Dropout, rotary: _options.Rotary));
        _feedForward = new FeedForward(AddChild("linear1", new Linear(width, _options.HiddenOf(width))), AddChild("linear2", new Linear(_options.HiddenOf(width), width)), _options);
        _norm1 = AddChild("norm1", new LayerNorm(width, _options.Epsilon));
        _norm2 = AddChild("norm2", new LayerNorm(width, _options.Epsilon));
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Forward(x, default);

    /// <summary>Runs the block.</summary>
    /// <param name="x"><c>[T, B, D]</c>.</param>
    /// <param name="rule">What may be seen: causal, lengths.</param>
    /// <param name="mask">Added to the scores, −∞ to hide: <c>[T, T]</c>, <c>[B, T, T]</c> or <c>[B, h, T, T]</c>.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … T.</exception>
    public Tensor Forward(Tensor x, AttentionRule rule, Tensor? mask = null)
    {
        real dropout = (real)_options.Dropout;
        if (_options.NormFirst)
        {
            x += _attention.Forward(_norm1.Forward(x), rule, mask).Dropout(dropout);
            return x + _feedForward.Forward(_norm2.Forward(x));
        }

        x = _norm1.Forward(x + _attention.Forward(x, rule, mask).Dropout(dropout));
        return _norm2.Forward(x + _feedForward.Forward(x));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TransformerEncoderLayer({_attention}{(_options.NormFirst ? ", norm first" : "")})";
}

/// <summary>The two linear layers of a transformer block, with dropout inside and after.</summary>
internal readonly record struct FeedForward(Linear First, Linear Second, TransformerOptions Options)
{
    public Tensor Forward(Tensor x) => Second.Forward(Options.Activation.Forward(First.Forward(x)).Dropout((real)Options.Dropout)).Dropout((real)Options.Dropout);
}
