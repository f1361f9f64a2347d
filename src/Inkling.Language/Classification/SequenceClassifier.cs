using System.Runtime.CompilerServices;
using Inkling.Nn;

namespace Inkling.Language;

/// <summary>
/// Tells the class of a sequence of words: word → vector (E) → LSTM in both directions (2H) → one vector by pooling → a score for each class
/// (C), <c>W [max_t h_t, mean_t h_t] + b</c>.
/// </summary>
/// <remarks>
/// Parameters: <c>words.weight</c> [V, E], row 0 zero and without a gradient; <c>lstm.…</c> as in <see cref="Lstm"/>; <c>scores.weight</c> [C, P] and
/// <c>scores.bias</c> [C], P the width of what is pooled.
/// </remarks>
/// <example><code>
/// var model = new SequenceClassifier(new SequenceClassifierConfig { VocabularySize = vocabulary.Count }).Build(seed: 1);
/// model.Fit(batch => model.Forward(batch.Integers("tokens"), batch.Lengths("tokens")), training, BatchLosses.CrossEntropy, new Adam(model.Parameters));
/// </code></example>
public sealed class SequenceClassifier : Module
{
    /// <summary>The word that fills up shorter sequences of a batch.</summary>
    public const int Padding = 0;

    private const int MostStates = 16;
    private readonly Lstm _lstm;
    private readonly Linear _scores;

    /// <summary>Declares the model; call <c>Build(seed)</c> before use.</summary>
    /// <exception cref="ArgumentException">A size is out of range.</exception>
    public SequenceClassifier(SequenceClassifierConfig config)
        : this(config, null)
    {
    }

    internal SequenceClassifier(SequenceClassifierConfig config, Action<Parameter, ulong>? initialWords)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        Words = AddChild("words", new Embedding(config.VocabularySize, config.EmbeddingWidth, initialWords, padding: Padding));
        _lstm = AddChild("lstm", new Lstm(config.EmbeddingWidth, config.HiddenWidth, new LstmOptions
        {
            Layers = config.Layers,
            Bidirectional = config.Bidirectional,
            Dropout = config.Dropout,
            RecurrentDropout = config.RecurrentDropout,
        }));
        int pooled = 0;
        foreach (SequencePooling kind in (ReadOnlySpan<SequencePooling>)[SequencePooling.Last, SequencePooling.Mean, SequencePooling.Max])
        {
            if (config.Pooling.HasFlag(kind)) pooled += _lstm.OutputWidth;
        }

        if (config.Pooling.HasFlag(SequencePooling.Words)) pooled += config.EmbeddingWidth;
        _scores = AddChild("scores", new Linear(pooled, config.Classes));
    }

    /// <summary>The sizes.</summary>
    public SequenceClassifierConfig Config { get; }

    /// <summary>The word vectors, to be filled with pretrained ones or to learn at a rate of their own.</summary>
    public Embedding Words { get; }

    /// <summary>Scores sequences; allocates nothing.</summary>
    /// <param name="tokens"><c>[T, B]</c> numbers of words.</param>
    /// <param name="lengths"><c>[B]</c>: how many words each sequence has, 1 to T.</param>
    /// <returns>The scores of the classes, logits, <c>[B, C]</c>.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, a length is out of range or a word outside the vocabulary.</exception>
    public Tensor Forward(Indices tokens, Indices lengths)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(lengths);
        float rate = (float)Config.Dropout;
        Tensor words = Words.Forward(tokens).DropoutChannels((float)Config.WordDropout);     // [T, B, E]
        States hiddens = default, cells = default;
        Span<Tensor> hidden = ((Span<Tensor>)hiddens)[.._lstm.StateCount], cell = ((Span<Tensor>)cells)[.._lstm.StateCount];
        Tensor states = _lstm.Forward(words.Dropout(rate), default, default, hidden, cell, resets: null, lengths);   // [T, B, 2H]
        Pooled pooled = default;
        Span<Tensor> parts = pooled;
        int count = 0;
        if (Has(SequencePooling.Last))
        {
            foreach (Tensor last in hidden[^_lstm.DirectionCount..]) parts[count++] = last;
        }

        if (Has(SequencePooling.Mean)) parts[count++] = states.MeanOverTime(lengths);
        if (Has(SequencePooling.Max)) parts[count++] = states.MaxOverTime(lengths);
        if (Has(SequencePooling.Words)) parts[count++] = words.MeanOverTime(lengths);
        return _scores.Forward(Tensor.Concat(^1, parts[..count]).Dropout(rate));             // [B, C]
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"SequenceClassifier({Config.VocabularySize} words, {Config.EmbeddingWidth} wide, {Config.Layers} × {_lstm.OutputWidth}, {Config.Pooling}, {Config.Classes} classes)";

    private bool Has(SequencePooling kind) => (Config.Pooling & kind) != 0;

    [InlineArray(MostStates)]
    private struct States
    {
        private Tensor _first;
    }

    [InlineArray(5)]
    private struct Pooled
    {
        private Tensor _first;
    }
}
