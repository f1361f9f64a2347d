using System.Runtime.CompilerServices;
using Inkling.Nn;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>
/// From one sequence of symbols to another: a bidirectional LSTM reads the source, an LSTM writes the target and looks, at each step, at all
/// that was read (Sutskever et al. 2014; Bahdanau et al. 2015; Luong et al. 2015, §3.1).
/// </summary>
/// <remarks>
/// <para>
/// With x the vectors of source symbols and y of target symbols: memory <c>m = BiLSTM(x)</c>; states <c>s = LSTM(y)</c>, begun with the last states
/// of both directions side by side; attention <c>α_ij = softmax_j(vᵀ tanh(W_q s_i + W_k m_j))</c>, <c>c_i = Σ_j α_ij m_j</c>; features
/// <c>a_i = tanh(W_c c_i + W_s s_i)</c>; scores <c>a_i Yᵀ + b</c> with Y the target vectors (Press &amp; Wolf 2017). Features are not fed back into
/// the decoder (Luong's input feeding), so that each layer is one operation over all steps in training.
/// </para>
/// <para>
/// Symbol 0 of both vocabularies is the begin and symbol 1 the end: sources end with the end, and the decoder is given the begin first.
/// Parameters: <c>source.weight</c> [V_s, E], <c>target.weight</c> [V_t, E], <c>encoder.*</c>, <c>decoder.*</c>, <c>attention.*</c>, <c>context.*</c> [E, H],
/// <c>state.weight</c> [E, H], <c>output.bias</c> [V_t].
/// </para>
/// </remarks>
/// <example><code>
/// EncoderDecoder model = new EncoderDecoder(new EncoderDecoderConfig { SourceVocabulary = 40, TargetVocabulary = 40 }).Build(seed: 1);
/// DataLoader loader = new(SequencePairs.ToDataSet(sources, targets), new LoaderOptions { TimeFirst = true, Shuffle = true, BucketBy = "source" });
/// model.Fit(model.Forward, loader, model.Loss, new Adam(model.Parameters));
/// </code></example>
public sealed class EncoderDecoder : Module
{
    /// <summary>The symbol that the decoder is given first.</summary>
    public const int Begin = 0;

    /// <summary>The symbol after the last one of a sequence.</summary>
    public const int End = 1;

    internal const int MostLayers = 8;

    private readonly Embedding _source, _target;
    private readonly Lstm _encoder, _decoder;
    private readonly AdditiveAttention _attention;
    private readonly Linear _context, _state;
    private readonly Dropout _dropout;

    /// <summary>Declares the model; call <c>Build(seed)</c> before use.</summary>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public EncoderDecoder(EncoderDecoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        (int e, int h) = (config.EmbeddingWidth, config.HiddenWidth);
        LstmOptions options = new() { Layers = config.Layers, Dropout = config.Dropout, RecurrentDropout = config.RecurrentDropout };
        _source = AddChild("source", new Embedding(config.SourceVocabulary, e));
        _target = AddChild("target", new Embedding(config.TargetVocabulary, e));
        _encoder = AddChild("encoder", new Lstm(e, h / 2, options with { Bidirectional = true }));
        _decoder = AddChild("decoder", new Lstm(e, h, options));
        _attention = AddChild("attention", new AdditiveAttention(h, h, config.AttentionWidth));
        _context = AddChild("context", new Linear(h, e));
        _state = AddChild("state", new Linear(h, e, bias: false));
        _dropout = new Dropout(config.Dropout);
        OutputBias = AddParameter("output.bias", [config.TargetVocabulary], decays: false);
    }

    /// <summary>The sizes.</summary>
    public EncoderDecoderConfig Config { get; }

    /// <summary>What is added to the score of each target symbol, <c>[V_t]</c>.</summary>
    public Parameter OutputBias { get; }

    /// <summary>Reads the sources and, given the targets up to each step, computes what predicts the next symbol (teacher forcing). Allocates nothing.</summary>
    /// <param name="source"><c>[Ts, B]</c> source symbols, padded with any.</param>
    /// <param name="lengths"><c>[B]</c>: how many symbols of each source count, 1 … Ts; null for all.</param>
    /// <param name="given"><c>[Tt, B]</c>: the begin and then the targets without their last, padded with any.</param>
    /// <returns>Features, <c>[Tt, B, E]</c>.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A symbol is none of its vocabulary, or a length is not in 1 … Ts.</exception>
    public Tensor Forward(Indices source, Indices? lengths, Indices given)
    {
        StateRow hidden = default, cell = default;
        Span<Tensor> h = ((Span<Tensor>)hidden)[..Config.Layers], c = ((Span<Tensor>)cell)[..Config.Layers];
        Tensor memory = Encode(source, lengths, h, c);
        return Decode(given, h, c, [], [], Keys(memory), memory, lengths, out _);
    }

    /// <summary>As the other overload, on a batch of <see cref="SequencePairs"/> whose time comes first.</summary>
    public Tensor Forward(BatchTensors batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Forward(batch.Integers(SequencePairs.Source), batch.Lengths(SequencePairs.Source), batch.Integers(SequencePairs.Given));
    }

    /// <summary>The mean loss of predicting the targets, in nats; smoothed on a tape that records, and not in validation.</summary>
    /// <param name="features">What <see cref="Forward(Indices, Indices?, Indices)"/> returned, <c>[Tt, B, E]</c>.</param>
    /// <param name="targets"><c>[Tt, B]</c> target symbols with the end behind them; −1 where nothing is asked.</param>
    public Tensor Loss(Tensor features, Indices targets) =>
        Losses.LinearCrossEntropy(features, _target.Weight, OutputBias, targets, labelSmoothing: features.Tape.Recording ? Config.LabelSmoothing : 0);

    /// <summary>As the other overload, on a batch of <see cref="SequencePairs"/>.</summary>
    public Tensor Loss(Tensor features, BatchTensors batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Loss(features, batch.Integers(SequencePairs.Target));
    }

    /// <summary>Reads sources.</summary>
    /// <param name="source"><c>[Ts, B]</c> symbols, padded with any.</param>
    /// <param name="lengths"><c>[B]</c>: how many symbols of each count, 1 … Ts; null for all.</param>
    /// <param name="hidden">Receives the state that each layer of the decoder begins with, <c>[B, H]</c>.</param>
    /// <param name="cell">Receives the cell state of each layer, <c>[B, H]</c>.</param>
    /// <returns>The memory, <c>[Ts, B, H]</c>.</returns>
    public Tensor Encode(Indices source, Indices? lengths, Span<Tensor> hidden, Span<Tensor> cell)
    {
        StateRow lastHidden = default, lastCell = default;
        Span<Tensor> h = ((Span<Tensor>)lastHidden)[..(2 * Config.Layers)], c = ((Span<Tensor>)lastCell)[..(2 * Config.Layers)];
        Tensor memory = _encoder.Forward(_dropout.Forward(_source.Forward(source)), [], [], h, c, lengths: lengths);
        for (int layer = 0; layer < Config.Layers; layer++)
        {
            hidden[layer] = Tensor.Concat(^1, h[2 * layer], h[(2 * layer) + 1]);
            cell[layer] = Tensor.Concat(^1, c[2 * layer], c[(2 * layer) + 1]);
        }

        return _dropout.Forward(memory);
    }

    /// <summary>What the memory is compared by, <c>[Ts, B, A]</c>: for a decoder that goes step by step, computed once.</summary>
    public Tensor Keys(Tensor memory) => _attention.Keys(memory);

    /// <summary>Writes on: one step or many.</summary>
    /// <param name="given"><c>[Tt, B]</c> the symbols before those that are predicted.</param>
    /// <param name="hidden">The state of each layer, <c>[B, H]</c>.</param>
    /// <param name="cell">The cell state of each layer, <c>[B, H]</c>.</param>
    /// <param name="lastHidden">Receives the states after the last step; empty if they are not wanted.</param>
    /// <param name="lastCell">Receives the cell states after the last step; empty if they are not wanted.</param>
    /// <param name="keys">What <see cref="Keys"/> returned.</param>
    /// <param name="memory">What <see cref="Encode"/> returned.</param>
    /// <param name="lengths">How many steps of the memory count in each row; null for all.</param>
    /// <param name="weights">Attention, <c>[Tt, B, Ts]</c>: each row adds up to 1.</param>
    /// <returns>Features, <c>[Tt, B, E]</c>.</returns>
    public Tensor Decode(Indices given, ReadOnlySpan<Tensor> hidden, ReadOnlySpan<Tensor> cell, Span<Tensor> lastHidden, Span<Tensor> lastCell, Tensor keys, Tensor memory, Indices? lengths, out Tensor weights)
    {
        Tensor states = _decoder.Forward(_dropout.Forward(_target.Forward(given)), hidden, cell, lastHidden, lastCell);
        states = _dropout.Forward(states);
        (Tensor contexts, weights) = _attention.Forward(states, keys, memory, lengths);
        return _dropout.Forward((_context.Forward(contexts) + _state.Forward(states)).Tanh());
    }

    /// <summary>The score (logit) of each target symbol, <c>[…, E] → […, V_t]</c>.</summary>
    public Tensor Scores(Tensor features) => features.Affine(_target.Weight, OutputBias);

    /// <inheritdoc/>
    public override string ToString() =>
        $"EncoderDecoder({Config.SourceVocabulary} → {Config.TargetVocabulary} symbols, {Config.EmbeddingWidth} wide, {Config.Layers} × {Config.HiddenWidth})";

    [InlineArray(2 * MostLayers)]
    private struct StateRow
    {
        private Tensor _first;
    }
}
