using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Mixes predictors that know different things: <c>P(w) = Σ λₖ Pₖ(w)</c>, with shares λ that may depend on how long a context the n-gram
/// model knows (Jelinek and Mercer 1980): where it has seen these very words before, its word counts for more. What the draft itself said
/// shortly before is blended in last.
/// </summary>
public sealed class MixturePredictor : ITokenPredictor
{
    private readonly ITokenPredictor[] _parts;
    private readonly float[][] _shares;     // [known context][part]
    private readonly NGramModel? _ngrams;
    private readonly int _ngramPart;
    private readonly CacheModel? _cache;
    private Scratch? _idle;

    /// <summary>Makes a mixture.</summary>
    /// <param name="parts">The predictors, all of one vocabulary.</param>
    /// <param name="shares">
    /// A row for each length of context that the n-gram model among the parts may know (0, 1, …), each with a share for every part, positive
    /// or zero, summing to one. Longer contexts take the last row; without an n-gram model the first row holds.
    /// </param>
    /// <param name="cache">Remembers the draft; null for none.</param>
    /// <exception cref="ArgumentException">The vocabularies differ, or the shares make no distribution.</exception>
    public MixturePredictor(IReadOnlyList<ITokenPredictor> parts, IReadOnlyList<IReadOnlyList<double>> shares, CacheModel? cache = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(shares);
        if (parts.Count == 0 || parts.Any(part => part.VocabularySize != parts[0].VocabularySize)
            || cache is not null && cache.VocabularySize != parts[0].VocabularySize)
            throw new ArgumentException(
                $"MixturePredictor: parts with vocabularies of {string.Join(", ", parts.Select(part => part.VocabularySize))} tokens. Mix parts of one vocabulary.", nameof(parts));
        if (shares.Count == 0 || shares.Any(row => row.Count != parts.Count || row.Any(share => !(share >= 0)) || Math.Abs(row.Sum() - 1) > 1e-3))
            throw new ArgumentException($"MixturePredictor: the shares are not one distribution over {parts.Count} parts a row.", nameof(shares));
        _parts = [.. parts];
        _shares = [.. shares.Select(row => row.Select(share => (float)(share / row.Sum())).ToArray())];
        _ngramPart = Array.FindIndex(_parts, part => part is NGramModel);
        _ngrams = _ngramPart < 0 ? null : (NGramModel)_parts[_ngramPart];
        _cache = cache;
        VocabularySize = _parts[0].VocabularySize;
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <summary>The predictors that are mixed.</summary>
    public IReadOnlyList<ITokenPredictor> Parts => _parts;

    /// <inheritdoc/>
    public PredictorState NewState() => new MixtureState([.. _parts.Select(part => part.NewState())], _cache?.NewState());

    /// <inheritdoc/>
    public void Step(PredictorState state, int token) => Step([state], [token]);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<PredictorState> states, ReadOnlySpan<int> tokens)
    {
        var scratch = Take(states.Length);
        for (var k = 0; k < _parts.Length; k++)
            _parts[k].Step(scratch.Gather(states, k), tokens);
        for (var i = 0; _cache is not null && i < states.Length; i++)
            _cache.Step(((MixtureState)states[i]).Cache!, tokens[i]);
        _idle = scratch;
    }

    /// <inheritdoc/>
    public void Predict(PredictorState state, Span<float> probabilities) => Predict([state], probabilities);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<PredictorState> states, Span<float> probabilities)
    {
        var scratch = Take(states.Length);
        var rows = scratch.Rows.AsSpan(0, states.Length * VocabularySize);
        for (var k = 0; k < _parts.Length; k++)
        {
            _parts[k].Predict(scratch.Gather(states, k), k == 0 ? probabilities : rows);
            for (var i = 0; i < states.Length; i++)
            {
                var share = Shares(states[i])[k];
                var mixed = probabilities.Slice(i * VocabularySize, VocabularySize);
                if (k == 0)
                    Elementwise.Scale(mixed, share);
                else
                    Elementwise.AddScaled(rows.Slice(i * VocabularySize, VocabularySize), share, mixed);
            }
        }
        for (var i = 0; _cache is not null && i < states.Length; i++)
            _cache.Blend(((MixtureState)states[i]).Cache!, probabilities.Slice(i * VocabularySize, VocabularySize));
        _idle = scratch;
    }

    /// <summary>The row of shares that holds in a state.</summary>
    internal int ContextOf(PredictorState state) =>
        _ngrams is null ? 0 : Math.Min(_shares.Length - 1, _ngrams.KnownContext(((MixtureState)state).Parts[_ngramPart]));

    private float[] Shares(PredictorState state) => _shares[ContextOf(state)];

    private Scratch Take(int count)
    {
        var scratch = Interlocked.Exchange(ref _idle, null);
        return scratch is not null && scratch.Capacity >= count ? scratch : new Scratch(Math.Max(count, 8), VocabularySize);
    }

    private sealed class Scratch(int capacity, int vocabulary)
    {
        private readonly PredictorState[] _states = new PredictorState[capacity];

        public int Capacity => capacity;

        public float[] Rows { get; } = new float[capacity * vocabulary];

        public ReadOnlySpan<PredictorState> Gather(ReadOnlySpan<PredictorState> states, int part)
        {
            for (var i = 0; i < states.Length; i++)
                _states[i] = ((MixtureState)states[i]).Parts[part];
            return _states.AsSpan(0, states.Length);
        }
    }

    internal sealed class MixtureState(PredictorState[] parts, PredictorState? cache) : PredictorState
    {
        public PredictorState[] Parts => parts;

        public PredictorState? Cache => cache;

        public override void Reset()
        {
            foreach (var part in parts)
                part.Reset();
            cache?.Reset();
        }

        public override void CopyFrom(PredictorState other)
        {
            for (var k = 0; k < parts.Length; k++)
                parts[k].CopyFrom(((MixtureState)other).Parts[k]);
            cache?.CopyFrom(((MixtureState)other).Cache!);
        }
    }
}
