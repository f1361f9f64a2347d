namespace Inkling.Nn;

/// <summary>
/// Additive attention of a decoder to the states of an encoder, <c>α = softmax_j(vᵀ tanh(W_q q_i + W_k x_j))</c>, <c>c_i = Σ_j α_j x_j</c>
/// (Bahdanau, Cho &amp; Bengio 2015, §3.1): queries <c>[Tq, B, Q]</c>, memory <c>[Tk, B, D]</c> → contexts <c>[Tq, B, D]</c>.
/// </summary>
/// <remarks>Parameters: <c>query.weight</c> <c>[A, Q]</c>, <c>query.bias</c> <c>[A]</c>, <c>key.weight</c> <c>[A, D]</c> without a bias, <c>vector</c> <c>[A]</c>, uniform in <c>±1/√A</c>.</remarks>
public sealed class AdditiveAttention : Module
{
    private readonly Linear _query, _key;

    /// <summary>Declares the layer.</summary>
    /// <param name="queryWidth">Width Q of the queries, at least 1.</param>
    /// <param name="memoryWidth">Width D of the memory, at least 1.</param>
    /// <param name="width">Width A in which both are compared, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is less than 1.</exception>
    public AdditiveAttention(int queryWidth, int memoryWidth, int width)
    {
        _query = AddChild("query", new Linear(queryWidth, width));
        _key = AddChild("key", new Linear(memoryWidth, width, bias: false));
        Vector = AddParameter("vector", [width], Initializer.Uniform((real)(1 / Math.Sqrt(width))));
    }

    /// <summary>v, <c>[A]</c>.</summary>
    public Parameter Vector { get; }

    /// <summary>The keys of a memory, <c>[Tk, B, A]</c>: for a decoder that goes step by step, computed once.</summary>
    public Tensor Keys(Tensor memory) => _key.Forward(memory);

    /// <summary>Contexts of queries.</summary>
    /// <param name="queries"><c>[Tq, B, Q]</c>: one step or all of a decoder.</param>
    /// <param name="memory"><c>[Tk, B, D]</c>.</param>
    /// <param name="lengths"><c>[B]</c>: how many steps of the memory count, 1 to Tk; null for all.</param>
    /// <returns>Contexts <c>[Tq, B, D]</c> and weights <c>[Tq, B, Tk]</c>.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or a length is not in 1 … Tk.</exception>
    public (Tensor Contexts, Tensor Weights) Forward(Tensor queries, Tensor memory, Indices? lengths = null) => Forward(queries, Keys(memory), memory, lengths);

    /// <summary>As the other overload, with the keys of the memory as <see cref="Keys"/> gave them.</summary>
    public (Tensor Contexts, Tensor Weights) Forward(Tensor queries, Tensor keys, Tensor memory, Indices? lengths = null)
    {
        TensorPair pair = default;
        Span<Tensor> results = pair;
        Tape.Record(new AttendAdditively(lengths), results, [_query.Forward(queries), keys, queries.Tape.Parameter(Vector), memory]);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"AdditiveAttention({Vector.Shape[0]})";

    [System.Runtime.CompilerServices.InlineArray(2)]
    private struct TensorPair
    {
        private Tensor _first;
    }
}
