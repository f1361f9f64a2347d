using System.Diagnostics.CodeAnalysis;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>How a <see cref="CacheModel"/> weighs what it remembers.</summary>
public sealed record CacheOptions
{
    /// <summary>The number of tokens of the tokenizer, <c>V</c>.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Tokens that are neither remembered nor predicted, and that end a context: part marks, the end mark. Default none.</summary>
    public IReadOnlyList<int> Ignored { get; init; } = [];

    /// <summary>The number of tokens remembered. Default 512.</summary>
    public int Window { get; init; } = 512;

    /// <summary>After how many tokens a remembered one weighs half. Default 200.</summary>
    public double HalfLife { get; init; } = 200;

    /// <summary>
    /// How much must be remembered after a context of 0, 1 and 2 tokens before the cache is believed half: with a remembered weight s and a
    /// strength b, the share of the cache is <c>s / (s + b)</c>. Larger is more cautious. Default 3000, 25, 4 (tuned on later mail of known writers; the optimum is flat).
    /// </summary>
    public (double Single, double Pair, double Triple) Strengths { get; init; } = (3000, 25, 4);
}

/// <summary>
/// What was said shortly before will be said again (Kuhn and De Mori 1990): the tokens, pairs and triples of one draft, of its subject and of
/// the message it answers, weighed by how long ago they came. Blended into the distribution of another predictor.
/// </summary>
/// <remarks>
/// From contexts of no, one and two tokens in turn, <c>P ← (1 − λ) P + λ P_cache</c>, with <c>P_cache</c> the remembered continuations of the
/// context weighed by <c>2^(−age / half-life)</c> and <c>λ = s / (s + b)</c>, s their weight. One pass over the remembered tokens finds all
/// three, so nothing is counted beforehand and a state is only a list of tokens. Immutable and safe to share between threads.
/// </remarks>
public sealed class CacheModel : ITokenPredictor
{
    private readonly CacheOptions _options;
    private readonly bool[] _ignored;
    private readonly float[] _weights;      // by age
    private readonly float _uniform;

    /// <summary>Prepares a cache.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public CacheModel(CacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VocabularySize, 1, nameof(options.VocabularySize));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Window, 1, nameof(options.Window));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.HalfLife, nameof(options.HalfLife));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(
            Math.Min(options.Strengths.Single, Math.Min(options.Strengths.Pair, options.Strengths.Triple)), nameof(options.Strengths));
        _options = options;
        _ignored = new bool[options.VocabularySize];
        foreach (int token in options.Ignored)
        {
            CheckToken(token);
            _ignored[token] = true;
        }
        int predictable = _ignored.Count(ignored => !ignored);
        if (predictable == 0)
            throw new ArgumentException("CacheModel: every token is ignored, so nothing can be predicted. Ignore fewer.", nameof(options));
        _uniform = 1f / predictable;
        _weights = new float[options.Window];
        for (int age = 0; age < _weights.Length; age++)
            _weights[age] = (float)Math.Pow(2, -age / options.HalfLife);
    }

    /// <inheritdoc/>
    public int VocabularySize => _options.VocabularySize;

    /// <inheritdoc/>
    public PredictorState NewState() => new CacheState(this, _options.Window);

    /// <inheritdoc/>
    public void Step(PredictorState state, int token)
    {
        CheckToken(token);
        Own(state).Remember(_ignored[token] ? CacheState.Nothing : token);
    }

    /// <inheritdoc/>
    /// <remarks>Alone, the cache is blended into the uniform distribution over all tokens that are not ignored.</remarks>
    public void Predict(PredictorState state, Span<float> probabilities)
    {
        CheckLength(probabilities.Length, nameof(probabilities));
        for (int token = 0; token < probabilities.Length; token++)
            probabilities[token] = _ignored[token] ? 0 : _uniform;
        Blend(state, probabilities);
    }

    /// <summary>Blends the cache into another predictor's distribution of the next token, in place; the sum stays as it was.</summary>
    /// <param name="state">A state of this model that was stepped through the same tokens.</param>
    /// <param name="probabilities">[V] The distribution; non-negative, summing to one.</param>
    public void Blend(PredictorState state, Span<float> probabilities)
    {
        CacheState cache = Own(state);
        CheckLength(probabilities.Length, nameof(probabilities));
        ReadOnlySpan<int> tokens = cache.Tokens;
        int last = tokens.Length > 0 ? tokens[^1] : CacheState.Nothing;
        int beforeLast = tokens.Length > 1 ? tokens[^2] : CacheState.Nothing;
        (double single, double pair, double triple) = Weigh(tokens, last, beforeLast);
        double share1 = single / (single + _options.Strengths.Single);
        double share2 = pair / (pair + _options.Strengths.Pair);
        double share3 = triple / (triple + _options.Strengths.Triple);
        if (single == 0)
            return;
        Elementwise.Scale(probabilities, (float)((1 - share1) * (1 - share2) * (1 - share3)));
        float unit1 = (float)(share1 * (1 - share2) * (1 - share3) / single);
        float unit2 = pair == 0 ? 0 : (float)(share2 * (1 - share3) / pair);
        float unit3 = triple == 0 ? 0 : (float)(share3 / triple);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] == CacheState.Nothing)
                continue;
            float unit = unit1;
            if (i > 0 && last != CacheState.Nothing && tokens[i - 1] == last)
            {
                unit += unit2;
                if (i > 1 && beforeLast != CacheState.Nothing && tokens[i - 2] == beforeLast)
                    unit += unit3;
            }
            probabilities[tokens[i]] += unit * _weights[tokens.Length - 1 - i];
        }
    }

    /// <summary>The weight of all remembered tokens, of those after the last token, and of those after the last two.</summary>
    private (double Single, double Pair, double Triple) Weigh(ReadOnlySpan<int> tokens, int last, int beforeLast)
    {
        double single = 0, pair = 0, triple = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] == CacheState.Nothing)
                continue;
            double weight = _weights[tokens.Length - 1 - i];
            single += weight;
            if (i == 0 || last == CacheState.Nothing || tokens[i - 1] != last)
                continue;
            pair += weight;
            if (i > 1 && beforeLast != CacheState.Nothing && tokens[i - 2] == beforeLast)
                triple += weight;
        }
        return (single, pair, triple);
    }

    private CacheState Own(PredictorState state) => state is CacheState cache && cache.Model == this
        ? cache
        : throw new ArgumentException("CacheModel: the state was made by another predictor. Use a state of this model's NewState().", nameof(state));

    private void CheckToken(int token)
    {
        if ((uint)token >= (uint)VocabularySize)
            ThrowNoToken(token);
    }

    private void CheckLength(int length, string name)
    {
        if (length != VocabularySize)
            throw new ArgumentException($"CacheModel: {length} probabilities are given, the vocabulary has {VocabularySize}. Give one entry a token.", name);
    }

    [DoesNotReturn]
    private void ThrowNoToken(int token) => throw new ArgumentOutOfRangeException(
        nameof(token), token, $"CacheModel: there is no token {token}; the vocabulary has {VocabularySize} (0 to {VocabularySize - 1}). Does it come from another tokenizer?");
}
