namespace Inkling.Nn;

/// <summary>
/// Multi-head attention, <c>Concat(head₁ …) W_o + b_o</c> with <c>head_i = softmax(Q_i K_iᵀ / √d) V_i</c> (Vaswani et al. 2017, §3.2.2): time first,
/// <c>[T, B, D] → [T, B, D]</c>.
/// </summary>
/// <remarks>
/// Parameters as in PyTorch's <c>MultiheadAttention</c>: <c>in_proj_weight</c> <c>[3D, D]</c> for queries, keys and values, uniform after Glorot, <c>in_proj_bias</c>
/// <c>[3D]</c>, zero, <c>out_proj.weight</c> <c>[D, D]</c>, uniform in <c>±1/√D</c>, <c>out_proj.bias</c> <c>[D]</c>, zero.
/// </remarks>
public sealed class MultiHeadAttention : Module
{
    private readonly real _dropout;
    private readonly RotaryTable? _rotary;

    /// <summary>Declares the layer.</summary>
    /// <param name="width">Width D, a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">Number of heads, at least 1.</param>
    /// <param name="bias">Whether there are biases. Default: true.</param>
    /// <param name="dropout">Dropout of the weights after the softmax, 0 ≤ p &lt; 1. Default: 0.</param>
    /// <param name="rotary">Turns queries and keys of self-attention by their positions (Su et al. 2021); null for not.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size or the rate is out of range.</exception>
    /// <exception cref="ArgumentException">The rotary table is for another width of a head.</exception>
    public MultiHeadAttention(int width, int heads, bool bias = true, double dropout = 0, RotaryTable? rotary = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (width < heads || width % heads != 0) throw new ArgumentOutOfRangeException(nameof(width), width, $"MultiHeadAttention: the width must be a multiple of the {heads} heads.");
        if (!(dropout >= 0 && dropout < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "MultiHeadAttention: the dropout rate must be at least 0 and less than 1.");
        if (rotary is not null && rotary.HeadWidth != width / heads) throw new ArgumentException($"MultiHeadAttention: the rotary table is for heads {rotary.HeadWidth} wide, not {width / heads}.", nameof(rotary));
        (Width, Heads, _dropout, _rotary) = (width, heads, (real)dropout, rotary);
        InputWeight = AddParameter("in_proj_weight", [3 * width, width], Initializer.Glorot());
        InputBias = bias ? AddParameter("in_proj_bias", [3 * width], decays: false) : null;
        OutputWeight = AddParameter("out_proj.weight", [width, width], Initializer.FanIn());
        OutputBias = bias ? AddParameter("out_proj.bias", [width], decays: false) : null;
    }

    /// <summary>Width D.</summary>
    public int Width { get; }

    /// <summary>Number of heads.</summary>
    public int Heads { get; }

    /// <summary>Projections of queries, keys and values, <c>[3D, D]</c>.</summary>
    public Parameter InputWeight { get; }

    /// <summary>Their biases, <c>[3D]</c>, or null.</summary>
    public Parameter? InputBias { get; }

    /// <summary>W_o, <c>[D, D]</c>.</summary>
    public Parameter OutputWeight { get; }

    /// <summary>b_o, <c>[D]</c>, or null.</summary>
    public Parameter? OutputBias { get; }

    /// <summary>Attention of a sequence to itself; one matrix product makes queries, keys and values.</summary>
    /// <param name="x"><c>[T, B, D]</c>.</param>
    /// <param name="rule">What may be seen; its dropout is that of the layer.</param>
    /// <param name="mask">Added to the scores, −∞ to hide: <c>[T, T]</c>, <c>[B, T, T]</c> or <c>[B, h, T, T]</c>.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … T.</exception>
    public Tensor Forward(Tensor x, AttentionRule rule = default, Tensor? mask = null)
    {
        Tensor packed = x.Affine(InputWeight, InputBias);                                            // [T, B, 3D]
        if (_rotary is not null) packed = Tape.Record(new Rotate(_rotary, 2 * Width), packed);
        return packed.SelfAttention(Heads, rule with { Dropout = _dropout }, mask).Affine(OutputWeight, OutputBias);
    }

    /// <summary>Attention of one sequence to another.</summary>
    /// <param name="queries">Who asks, <c>[Tq, B, D]</c>.</param>
    /// <param name="memory">Keys and values, <c>[Tk, B, D]</c>.</param>
    /// <param name="rule">What may be seen; its dropout is that of the layer.</param>
    /// <param name="mask">Added to the scores.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … Tk.</exception>
    public Tensor Forward(Tensor queries, Tensor memory, AttentionRule rule = default, Tensor? mask = null)
    {
        Tensor q = Project(queries, 0, 1), keysAndValues = Project(memory, 1, 2);                    // [Tq, B, D], [Tk, B, 2D]
        return q.Attention(keysAndValues, Heads, rule with { Dropout = _dropout }, mask).Affine(OutputWeight, OutputBias);
    }

    /// <summary>Attention of one sequence to another, with values apart from keys.</summary>
    /// <param name="queries">Who asks, <c>[Tq, B, D]</c>.</param>
    /// <param name="keys">What is compared, <c>[Tk, B, D]</c>.</param>
    /// <param name="values">What is averaged, <c>[Tk, B, D]</c>.</param>
    /// <param name="rule">What may be seen; its dropout is that of the layer.</param>
    /// <param name="mask">Added to the scores.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … Tk.</exception>
    public Tensor Forward(Tensor queries, Tensor keys, Tensor values, AttentionRule rule = default, Tensor? mask = null) =>
        Project(queries, 0, 1).Attention(Project(keys, 1, 1), Project(values, 2, 1), Heads, rule with { Dropout = _dropout }, mask).Affine(OutputWeight, OutputBias);

    /// <inheritdoc/>
    public override string ToString() => $"MultiHeadAttention({Width}, {Heads} heads{(_rotary is null ? "" : ", rotary")})";

    /// <summary>Some of the three projections, side by side.</summary>
    private Tensor Project(Tensor x, int first, int count)
    {
        Tensor weight = x.Tape.Parameter(InputWeight).Slice(first * Width, count * Width);
        return InputBias is null ? Tape.Record(default(Affine), x, weight) : Tape.Record(default(Affine), x, weight, x.Tape.Parameter(InputBias).Slice(first * Width, count * Width));
    }
}
