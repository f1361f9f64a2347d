using Inkling.Nn;

namespace Inkling.Language;

/// <summary>
/// A recurrent language model with tied embeddings (Press &amp; Wolf 2017): token → vector (E) → LSTM (H) → projection (E) → a score for
/// each token, its vector's dot product with the projection, plus a bias.
/// </summary>
/// <remarks>
/// Parameters: <c>embedding.weight</c> [V, E]; <c>lstm.weight_ih_lk</c>, <c>lstm.weight_hh_lk</c>, <c>lstm.bias_lk</c> for each layer k;
/// <c>projection.weight</c> [E, H], <c>projection.bias</c> [E]; <c>output.bias</c> [V].
/// </remarks>
public sealed class LstmLanguageModel : Module
{
    private readonly Embedding _embedding;
    private readonly Lstm _lstm;
    private readonly Linear _projection;
    private readonly Dropout _dropout;

    /// <summary>Declares the model; call <c>Build(seed)</c> before use.</summary>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public LstmLanguageModel(LstmLanguageModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        _embedding = AddChild("embedding", new Embedding(config.VocabularySize, config.EmbeddingWidth));
        _lstm = AddChild("lstm", new Lstm(config.EmbeddingWidth, config.HiddenWidth, config.Layers, config.Dropout));
        _projection = AddChild("projection", new Linear(config.HiddenWidth, config.EmbeddingWidth));
        _dropout = new Dropout(config.Dropout);
        OutputBias = AddParameter("output.bias", [config.VocabularySize], decays: false);
    }

    /// <summary>The sizes.</summary>
    public LstmLanguageModelConfig Config { get; }

    /// <summary>Token vectors, shared by input and output, <c>[V, E]</c>.</summary>
    public Parameter EmbeddingWeight => _embedding.Weight;

    /// <summary>What is added to the score of each token, <c>[V]</c>.</summary>
    public Parameter OutputBias { get; }

    /// <summary>Reads tokens; allocates nothing.</summary>
    /// <param name="tokens"><c>[T, B]</c> token ids.</param>
    /// <param name="hidden">Initial hidden state of each layer, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="cell">Initial cell state of each layer, <c>[B, H]</c>; empty for zeros.</param>
    /// <param name="lastHidden">Receives the last hidden state of each layer.</param>
    /// <param name="lastCell">Receives the last cell state of each layer.</param>
    /// <param name="resets"><c>[T, B]</c>: where not 0, the state is cleared before that step.</param>
    /// <returns>The features that predict the next token, <c>[T, B, E]</c>.</returns>
    public Tensor Forward(Indices tokens, ReadOnlySpan<Tensor> hidden, ReadOnlySpan<Tensor> cell, Span<Tensor> lastHidden, Span<Tensor> lastCell, Indices? resets = null)
    {
        Tensor x = _dropout.Forward(_embedding.Forward(tokens));                             // [T, B, E]
        Tensor h = _lstm.Forward(x, hidden, cell, lastHidden, lastCell, resets);             // [T, B, H]
        return _projection.Forward(_dropout.Forward(h));                                     // [T, B, E]
    }

    /// <summary>The mean loss in nats of predicting the targets.</summary>
    /// <param name="features">What <see cref="Forward"/> returned, <c>[T, B, E]</c>.</param>
    /// <param name="targets"><c>[T, B]</c> next tokens; <see cref="BatchSource.Ignore"/> where nothing is asked.</param>
    public Tensor Loss(Tensor features, Indices targets) =>
        Losses.LinearCrossEntropy(features, _embedding.Weight, OutputBias, targets, BatchSource.Ignore);

    /// <inheritdoc/>
    public override string ToString() =>
        $"LstmLanguageModel({Config.VocabularySize} tokens, {Config.EmbeddingWidth} wide, {Config.Layers} × {Config.HiddenWidth})";
}
