namespace Inkling.Nn;

/// <summary>
/// A block of a GPT (Radford et al. 2019, §2.3): <c>x + attention(norm(x))</c>, then <c>x + mlp(norm(x))</c>, causal, with GELU: <c>[T, B, D] → [T, B, D]</c>.
/// </summary>
/// <remarks>
/// Parameters as in nanoGPT: <c>ln_1</c>, <c>attn.c_attn</c> <c>[3D, D]</c>, <c>attn.c_proj</c> <c>[D, D]</c>, <c>ln_2</c>, <c>mlp.c_fc</c> <c>[4D, D]</c>, <c>mlp.c_proj</c> <c>[D, 4D]</c>, each with
/// <c>weight</c> and <c>bias</c>. Weights are normal with a deviation of 0.02 at first, those of the two that end in the sum divided by <c>√(2 · layers)</c>; biases are zero.
/// </remarks>
public sealed class GptBlock : Module, ILayer
{
    private readonly int _heads;
    private readonly real _dropout;
    private readonly RotaryTable? _rotary;
    private readonly LayerNorm _norm1, _norm2;
    private readonly Parameter _qkvWeight, _qkvBias, _outWeight, _outBias, _upWeight, _upBias, _downWeight, _downBias;

    /// <summary>Declares the block.</summary>
    /// <param name="width">Width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads, at least 1.</param>
    /// <param name="layers">Number of blocks in the model, for the initial weights; at least 1. Default: 1.</param>
    /// <param name="dropout">Dropout of the attention's weights and before each sum, 0 ≤ p &lt; 1. Default: 0.</param>
    /// <param name="rotary">Turns queries and keys by their positions (Su et al. 2021); null for not.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    /// <exception cref="ArgumentException">The rotary table is for another width of a head.</exception>
    public GptBlock(int width, int heads, int layers = 1, double dropout = 0, RotaryTable? rotary = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        if (width < heads || width % heads != 0) throw new ArgumentOutOfRangeException(nameof(width), width, $"GptBlock: the width must be a multiple of the {heads} heads.");
        if (!(dropout >= 0 && dropout < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "GptBlock: the dropout rate must be at least 0 and less than 1.");
        if (rotary is not null && rotary.HeadWidth != width / heads) throw new ArgumentException($"GptBlock: the rotary table is for heads {rotary.HeadWidth} wide, not {width / heads}.", nameof(rotary));
        (_heads, _dropout, _rotary) = (heads, (real)dropout, rotary);
        Action<Parameter, ulong> normal = Initializer.Normal((real)0.02), last = Initializer.Normal((real)(0.02 / Math.Sqrt(2 * layers)));
        _norm1 = AddChild("ln_1", new LayerNorm(width));
        (_qkvWeight, _qkvBias) = (AddParameter("attn.c_attn.weight", [3 * width, width], normal), AddParameter("attn.c_attn.bias", [3 * width], decays: false));
        (_outWeight, _outBias) = (AddParameter("attn.c_proj.weight", [width, width], last), AddParameter("attn.c_proj.bias", [width], decays: false));
        _norm2 = AddChild("ln_2", new LayerNorm(width));
        (_upWeight, _upBias) = (AddParameter("mlp.c_fc.weight", [4 * width, width], normal), AddParameter("mlp.c_fc.bias", [4 * width], decays: false));
        (_downWeight, _downBias) = (AddParameter("mlp.c_proj.weight", [width, 4 * width], last), AddParameter("mlp.c_proj.bias", [width], decays: false));
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => Forward(x, null);

    /// <summary>Runs the block.</summary>
    /// <param name="x"><c>[T, B, D]</c>.</param>
    /// <param name="lengths"><c>[B]</c>: how many steps of each row count; null for all.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … T.</exception>
    public Tensor Forward(Tensor x, Indices? lengths)
    {
        Tensor qkv = _norm1.Forward(x).Affine(_qkvWeight, _qkvBias);                                 // [T, B, 3D]
        if (_rotary is not null) qkv = Tape.Record(new Rotate(_rotary, qkv.Shape[2] / 3 * 2), qkv);
        Tensor heads = qkv.SelfAttention(_heads, new AttentionRule { Causal = true, Lengths = lengths, Dropout = _dropout });
        x += heads.Affine(_outWeight, _outBias).Dropout(_dropout);
        Tensor hidden = _norm2.Forward(x).Affine(_upWeight, _upBias).Gelu();                         // [T, B, 4D]
        return x + hidden.Affine(_downWeight, _downBias).Dropout(_dropout);
    }

    /// <inheritdoc/>
    public override string ToString() => $"GptBlock({_qkvWeight.Shape[1]}, {_heads} heads{(_rotary is null ? "" : ", rotary")})";
}
