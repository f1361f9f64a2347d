using System.Diagnostics.CodeAnalysis;

namespace Inkling.Language;

/// <summary>
/// Trains an <see cref="NGramModel"/>: add sequences of tokens one by one, then call <see cref="Train"/>. Thirty million tokens take about a
/// minute and two gigabytes.
/// </summary>
public sealed class NGramTrainer
{
    private readonly NGramTrainerOptions _options;
    private readonly bool[] _partMark;
    private readonly TokenStream _stream;
    private long _tokens;

    /// <summary>Prepares a training.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public NGramTrainer(NGramTrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VocabularySize, 1, nameof(options.VocabularySize));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.VocabularySize, TokenStream.Gap, nameof(options.VocabularySize));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Order, 2, nameof(options.Order));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Order, NGramModel.HighestOrder, nameof(options.Order));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaximumNGrams, nameof(options.MaximumNGrams));
        _options = options;
        _stream = new TokenStream(options.Order);
        _partMark = new bool[options.VocabularySize];
        foreach (int mark in options.PartMarks)
        {
            CheckToken(mark, "a part mark");
            _partMark[mark] = true;
        }
        if (Array.TrueForAll(_partMark, mark => mark))
            throw new ArgumentException("NGramTrainer: every token is a part mark, so nothing can be predicted. Name fewer part marks.", nameof(options));
    }

    /// <summary>The number of tokens added so far.</summary>
    public long Tokens => _tokens;

    /// <summary>Adds a sequence; n-grams do not reach from one sequence into the next.</summary>
    /// <param name="tokens">Token ids, 0 to V − 1; copied.</param>
    /// <param name="source">
    /// Who or what the sequence comes from, for <see cref="NGramTrainerOptions.TwoSources"/>: equal numbers (0 or more) are one source. By
    /// default every sequence is a source of its own.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not of the vocabulary.</exception>
    public void Add(ReadOnlySpan<int> tokens, int? source = null)
    {
        foreach (int token in tokens)
            CheckToken(token, "a token");
        if (source is < 0)
            throw new ArgumentOutOfRangeException(nameof(source), source, "NGramTrainer.Add: the number of a source is not negative.");
        _stream.Add(tokens, source ?? -2 - _stream.Sequences);
        _tokens += tokens.Length;
    }

    /// <summary>Counts, smooths and prunes what was added. The trainer can go on adding and train again.</summary>
    /// <param name="cancellationToken">Stops with an <see cref="OperationCanceledException"/>.</param>
    public NGramModel Train(CancellationToken cancellationToken = default)
    {
        CountTrie trie = CountTrie.Count(_stream, _partMark, _options.TwoSources, Report, cancellationToken);
        Report(NGramTrainingStage.Smoothing, 0);
        KneserNey.Estimate(trie, cancellationToken);
        Report(NGramTrainingStage.Pruning, 0);
        Pruner.Prune(trie, _options, done => Report(NGramTrainingStage.Pruning, done), cancellationToken);
        Discounts[] discounts = KneserNey.Estimate(trie, cancellationToken);
        return new NGramModel(NGramPacker.Pack(trie, discounts));
    }

    private void Report(NGramTrainingStage stage, double done) => _options.Progress?.Report(new NGramTrainingProgress(stage, done));

    private void CheckToken(int token, string what)
    {
        if ((uint)token >= (uint)_options.VocabularySize)
            ThrowNoToken(token, what);
    }

    [DoesNotReturn]
    private void ThrowNoToken(int token, string what) => throw new ArgumentOutOfRangeException(
        nameof(token),
        token,
        $"NGramTrainer: {what} is {token}, but the vocabulary has {_options.VocabularySize} tokens (0 to {_options.VocabularySize - 1}). Does it come from another tokenizer?");
}
