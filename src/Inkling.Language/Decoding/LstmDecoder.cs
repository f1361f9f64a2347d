using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Steps an LSTM language model token by token, without a tape: embedding, layers with <c>c = f·c + i·g, h = o·tanh c</c>, projection to the
/// embedding's width, scores by the tied embedding, softmax. Runs on the calling thread.
/// </summary>
/// <remarks>
/// The state is h and c of each layer. The scores of the vocabulary, three quarters of the work, are only computed when asked for.
/// Several states stepped together read the weights once; each gets the same bits as alone.
/// </remarks>
public sealed partial class LstmDecoder : ITokenPredictor
{
    private readonly LstmWeights _weights;
    private readonly int _embedding;
    private readonly int _hidden;
    private Scratch? _idle;

    /// <summary>Makes a decoder.</summary>
    /// <param name="weights">The weights, in 8 or 32 bits.</param>
    public LstmDecoder(LstmWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
        _embedding = weights.EmbeddingWidth;
        _hidden = weights.HiddenWidth;
    }

    /// <summary>The weights at work.</summary>
    public LstmWeights Weights => _weights;

    /// <inheritdoc/>
    public int VocabularySize => _weights.VocabularySize;

    /// <inheritdoc/>
    public PredictorState NewState() => new LstmState(_weights.Layers, _hidden);

    /// <inheritdoc/>
    public void Step(PredictorState state, int token) => Step([state], [token]);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<PredictorState> states, ReadOnlySpan<int> tokens)
    {
        var count = states.Length;
        var scratch = Take(count);
        for (var i = 0; i < count; i++)
            _weights.Embedding.CopyRow(tokens[i], scratch.Below.AsSpan(i * _embedding, _embedding));
        var input = scratch.Below.AsSpan(0, count * _embedding); // [count, E], then h of the layer below [count, H]
        for (var layer = 0; layer < _weights.Layers; layer++)
        {
            var w = _weights.LayerWeights[layer];
            var gates = scratch.Gates.AsSpan(0, count * 4 * _hidden);
            var hidden = scratch.Hidden.AsSpan(0, count * _hidden);
            for (var i = 0; i < count; i++)
                ((LstmState)states[i]).Hidden(layer).CopyTo(hidden.Slice(i * _hidden, _hidden));
            w.Input.Multiply(input, count, gates, w.Bias);
            w.Hidden.MultiplyAdd(hidden, count, gates);
            for (var i = 0; i < count; i++)
            {
                var state = (LstmState)states[i];
                var cell = state.Cell(layer);
                LstmGates.Forward(gates.Slice(i * 4 * _hidden, 4 * _hidden), cell, cell, scratch.TanhCell.AsSpan(0, _hidden), state.Hidden(layer));
                state.Hidden(layer).CopyTo(scratch.Below.AsSpan(i * _hidden, _hidden));
            }
            input = scratch.Below.AsSpan(0, count * _hidden);
        }
        _idle = scratch;
    }

    /// <inheritdoc/>
    public void Predict(PredictorState state, Span<float> probabilities) => Predict([state], probabilities);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<PredictorState> states, Span<float> probabilities)
    {
        Scores(states, probabilities);
        for (var i = 0; i < states.Length; i++)
            RowSoftmax.Softmax(probabilities.Slice(i * VocabularySize, VocabularySize));
    }

    /// <summary>Writes the scores (logits) before the softmax, [states, V].</summary>
    internal void Scores(ReadOnlySpan<PredictorState> states, Span<float> scores)
    {
        var count = states.Length;
        var scratch = Take(count);
        var hidden = scratch.Hidden.AsSpan(0, count * _hidden);
        var features = scratch.Below.AsSpan(0, count * _embedding);
        for (var i = 0; i < count; i++)
            ((LstmState)states[i]).Hidden(_weights.Layers - 1).CopyTo(hidden.Slice(i * _hidden, _hidden));
        _weights.Projection.Multiply(hidden, count, features, _weights.ProjectionBias);
        _weights.Embedding.Multiply(features, count, scores[..(count * VocabularySize)], _weights.OutputBias);
        _idle = scratch;
    }

    /// <summary>Memory for one call. Kept between calls by whoever finished last; threads that meet make another.</summary>
    private Scratch Take(int count)
    {
        var scratch = Interlocked.Exchange(ref _idle, null);
        return scratch is not null && scratch.Capacity >= count ? scratch : new Scratch(Math.Max(count, 8), _embedding, _hidden);
    }

    private sealed class Scratch(int capacity, int embedding, int hidden)
    {
        public int Capacity => capacity;

        public float[] Below { get; } = new float[capacity * Math.Max(embedding, hidden)];

        public float[] Hidden { get; } = new float[capacity * hidden];

        public float[] Gates { get; } = new float[capacity * 4 * hidden];

        public float[] TanhCell { get; } = new float[hidden];
    }

    private sealed class LstmState(int layers, int hidden) : PredictorState
    {
        private readonly float[] _values = new float[2 * layers * hidden]; // layer after layer: h, c

        public Span<float> Hidden(int layer) => _values.AsSpan(2 * layer * hidden, hidden);

        public Span<float> Cell(int layer) => _values.AsSpan((2 * layer + 1) * hidden, hidden);

        public override void Reset() => Array.Clear(_values);

        public override void CopyFrom(PredictorState other) => ((LstmState)other)._values.CopyTo(_values, 0);
    }
}
