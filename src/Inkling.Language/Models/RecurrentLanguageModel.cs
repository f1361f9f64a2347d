using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// A recurrent language model: token → vector (E) → layers of LSTM, GRU or plain cells (H) → a score for each token (V). With dropout it is
/// that of Zaremba et al. 2014 (<em>Recurrent neural network regularization</em>, §3.1), with a tied output that of Press &amp; Wolf 2017.
/// </summary>
/// <remarks>
/// Parameters: <c>embedding.weight</c> <c>[V, E]</c>; <c>recurrent.…_lk</c> of layer k; <c>output.weight</c> <c>[V, H]</c> unless tied, <c>output.bias</c> <c>[V]</c>; tied,
/// with H ≠ E, <c>projection.weight</c> <c>[E, H]</c> and <c>projection.bias</c> <c>[E]</c>. States: the hidden state of each layer, <c>[B, H]</c>, then, of an LSTM, the cell of each.
/// </remarks>
public sealed class RecurrentLanguageModel : LanguageModel
{
    private readonly Embedding _embedding;
    private readonly RecurrentLayer _recurrent;
    private readonly Linear? _projection;
    private readonly Parameter _outputWeight;
    private readonly Parameter _outputBias;
    private readonly Dropout _dropout;

    /// <summary>Declares the model; call <c>Build(seed)</c> before use.</summary>
    /// <exception cref="ArgumentException">A size or the dropout is out of range.</exception>
    public RecurrentLanguageModel(RecurrentLanguageModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Check();
        Config = config;
        _embedding = AddChild("embedding", new Embedding(config.VocabularySize, config.EmbeddingWidth));
        _recurrent = AddChild("recurrent", Layers(config));
        _dropout = new Dropout(config.Dropout);
        if (config.TiedOutput)
        {
            if (config.HiddenWidth != config.EmbeddingWidth) _projection = AddChild("projection", new Linear(config.HiddenWidth, config.EmbeddingWidth));
            _outputWeight = _embedding.Weight;
            _outputBias = AddParameter("output.bias", [config.VocabularySize], decays: false);
        }
        else
        {
            Linear output = AddChild("output", new Linear(config.HiddenWidth, config.VocabularySize));
            (_outputWeight, _outputBias) = (output.Weight, output.Bias!);
        }

        StateWidths = [.. Enumerable.Repeat(config.HiddenWidth, config.Layers * (config.Cell == RecurrentCellKind.Lstm ? 2 : 1))];
    }

    /// <summary>The sizes.</summary>
    public RecurrentLanguageModelConfig Config { get; }

    /// <inheritdoc/>
    public override int VocabularySize => Config.VocabularySize;

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateWidths { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Indices tokens, ReadOnlySpan<Tensor> states, Span<Tensor> lastStates)
    {
        Tensor x = _dropout.Forward(_embedding.Forward(tokens));                             // [T, B, E]
        int layers = Config.Layers;
        Tensor h = _recurrent switch                                                         // [T, B, H]
        {
            Lstm lstm when states.IsEmpty => lstm.Forward(x, default, default, lastStates[..layers], lastStates[layers..]),
            Lstm lstm => lstm.Forward(x, states[..layers], states[layers..], lastStates[..layers], lastStates[layers..]),
            Gru gru => gru.Forward(x, states, lastStates),
            _ => ((Rnn)_recurrent).Forward(x, states, lastStates),
        };
        h = _dropout.Forward(h);
        return _projection is null ? h : _projection.Forward(h);                             // [T, B, E] or [T, B, H]
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor features, Indices targets) => Losses.LinearCrossEntropy(features, _outputWeight, _outputBias, targets);

    /// <inheritdoc/>
    public override Tensor Scores(Tensor features) => features.Affine(_outputWeight, _outputBias);

    /// <summary>Reads tokens from an empty state and keeps what every cell did, to look at: the same numbers as <see cref="Forward"/>'s but for rounding, without dropout.</summary>
    /// <param name="tokens">At least one.</param>
    /// <exception cref="ArgumentException">There is none, or one that the model lacks.</exception>
    public LanguageModelTrace Trace(ReadOnlySpan<int> tokens)
    {
        int[] read = LanguageModelTrace.Check("RecurrentLanguageModel.Trace", tokens, VocabularySize);
        int width = Config.EmbeddingWidth;
        float[] x = new float[read.Length * width];
        for (int t = 0; t < read.Length; t++) _embedding.Weight.Values.Slice(read[t] * width, width).CopyTo(x.AsSpan(t * width));
        return new LanguageModelTrace(read, _recurrent.Trace(x), VocabularySize, (hidden, scores) =>
        {
            ReadOnlySpan<float> features = hidden;
            if (_projection is not null) features = Product(hidden, _projection.Weight, _projection.Bias!, new float[width]);
            Product(features, _outputWeight, _outputBias, scores);
        });

        static ReadOnlySpan<float> Product(ReadOnlySpan<float> x, Parameter weight, Parameter bias, Span<float> y)
        {
            bias.Values.CopyTo(y);
            Gemm.Multiply(false, true, 1, y.Length, x.Length, x, x.Length, weight.Values, x.Length, y, y.Length, true, Team.Single);
            return y;
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"RecurrentLanguageModel({VocabularySize} tokens, {Config.EmbeddingWidth} wide, {Config.Cell} {Config.Layers} × {Config.HiddenWidth}{(Config.TiedOutput ? ", tied" : "")})";

    private static RecurrentLayer Layers(RecurrentLanguageModelConfig config) => config.Cell switch
    {
        RecurrentCellKind.Lstm => new Lstm(config.EmbeddingWidth, config.HiddenWidth, config.Layers, config.Dropout),
        RecurrentCellKind.Gru => new Gru(config.EmbeddingWidth, config.HiddenWidth, new RecurrentOptions { Layers = config.Layers, Dropout = config.Dropout }),
        _ => new Rnn(config.EmbeddingWidth, config.HiddenWidth, new RnnOptions { Layers = config.Layers, Dropout = config.Dropout }),
    };
}
