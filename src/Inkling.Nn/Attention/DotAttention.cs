namespace Inkling.Nn;

/// <summary>
/// Multiplicative attention of a decoder to the states of an encoder, <c>α = softmax_j(q_iᵀ W x_j)</c>, <c>c_i = Σ_j α_j x_j</c>
/// (Luong, Pham &amp; Manning 2015, §3.1, “general”), or without W (“dot”): queries <c>[Tq, B, Q]</c>, memory <c>[Tk, B, D]</c> → contexts <c>[Tq, B, D]</c>.
/// </summary>
/// <remarks>Parameter of the general form: <c>key.weight</c> <c>[Q, D]</c>. Scores are not scaled.</remarks>
public sealed class DotAttention : Module
{
    private readonly Linear? _key;

    /// <summary>The plain form; queries and memory are of one width.</summary>
    public DotAttention()
    {
    }

    /// <summary>The general form.</summary>
    /// <param name="queryWidth">Width Q of the queries, at least 1.</param>
    /// <param name="memoryWidth">Width D of the memory, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is less than 1.</exception>
    public DotAttention(int queryWidth, int memoryWidth) => _key = AddChild("key", new Linear(memoryWidth, queryWidth, bias: false));

    /// <summary>The keys of a memory, <c>[Tk, B, Q]</c>: for a decoder that goes step by step, computed once.</summary>
    public Tensor Keys(Tensor memory) => _key is null ? memory : _key.Forward(memory);

    /// <summary>Contexts of queries, <c>[Tq, B, D]</c>.</summary>
    /// <param name="queries"><c>[Tq, B, Q]</c>: one step or all of a decoder.</param>
    /// <param name="memory"><c>[Tk, B, D]</c>.</param>
    /// <param name="lengths"><c>[B]</c>: how many steps of the memory count, 1 to Tk; null for all.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … Tk.</exception>
    public Tensor Forward(Tensor queries, Tensor memory, Indices? lengths = null) => Forward(queries, Keys(memory), memory, lengths);

    /// <summary>As the other overload, with the keys of the memory as <see cref="Keys"/> gave them.</summary>
    public Tensor Forward(Tensor queries, Tensor keys, Tensor memory, Indices? lengths = null) =>
        queries.Attention(keys, memory, heads: 1, new AttentionRule { Lengths = lengths, Scale = 1 });

    /// <inheritdoc/>
    public override string ToString() => _key is null ? "DotAttention" : $"DotAttention({_key})";
}
