using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// A compact n-gram language model over tokens, with interpolated modified Kneser-Ney smoothing (Chen and Goodman 1998): made by an
/// <see cref="NGramTrainer"/>, kept in one file, asked for the whole distribution of the next token in some microseconds.
/// </summary>
/// <remarks>
/// <c>P(w | h) = α(w | h) + γ(h) P(w | h')</c>: what was seen after the longest known context, and the rest from the context without its first
/// token, down to single tokens. A trie holds for each context its continuations with a byte each for their count; α is the count less its
/// discount, normalised to the share the context's continuations take together, γ the rest of 1, so that probabilities always sum to 1.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class NGramModel : ITokenPredictor
{
    /// <summary>The longest n-grams a model may have.</summary>
    public const int HighestOrder = 8;

    private readonly NGramData _data;
    private readonly bool[] _partMark;
    private readonly NGramContext[][] _contexts;    // per level but the last; one entry more than there are n-grams

    internal NGramModel(NGramData data)
    {
        _data = data;
        _partMark = new bool[data.VocabularySize];
        foreach (int mark in data.PartMarks)
            _partMark[mark] = true;
        var masses = new float[256];
        var rests = new float[256];
        for (int code = 0; code < 256; code++)
            (masses[code], rests[code]) = (MassScale.Mass(code), MassScale.Rest(code));
        _contexts = new NGramContext[data.Levels.Length - 1][];
        for (int level = 0; level < _contexts.Length; level++)
            _contexts[level] = NGramContext.Build(data.Levels[level], data.Levels[level + 1], masses, rests);
    }

    /// <summary>The length of the longest n-grams: a token is predicted from at most one less before it.</summary>
    public int Order => _data.Levels.Length;

    /// <inheritdoc/>
    public int VocabularySize => _data.VocabularySize;

    /// <summary>The number of n-grams of two tokens or more.</summary>
    public int Count => _data.Levels.Sum(level => level.Tokens.Length);

    /// <summary>Reads a model.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another version. The message names the file and the remedy.</exception>
    public static NGramModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new NGramModel(NGramFile.Read(path));
    }

    /// <summary>Writes the model; a file already there is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there is untouched.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        NGramFile.Write(path, _data);
    }

    /// <inheritdoc/>
    public PredictorState NewState() => new NGramState(this);

    /// <inheritdoc/>
    public void Step(PredictorState state, int token)
    {
        int[] nodes = Own(state).Nodes;
        if ((uint)token >= (uint)VocabularySize)
            ThrowNoToken(token);
        for (int level = nodes.Length - 1; level > 0; level--)
            nodes[level] = _partMark[token] ? -1 : Child(level - 1, nodes[level - 1], token);
        nodes[0] = token;
    }

    /// <inheritdoc/>
    public void Predict(PredictorState state, Span<float> probabilities)
    {
        int[] nodes = Own(state).Nodes;
        if (probabilities.Length != VocabularySize)
            ThrowLength(probabilities.Length, nameof(probabilities));
        float rest = 1;
        for (int level = nodes.Length - 1; level >= 0; level--)
            rest *= nodes[level] < 0 ? 1 : _contexts[level][nodes[level]].Rest;
        _data.Unigrams.CopyTo(probabilities);
        Elementwise.Scale(probabilities, rest);
        rest = 1;
        for (int level = nodes.Length - 1; level >= 0; level--)
        {
            if (nodes[level] < 0)
                continue;
            NGramContext context = _contexts[level][nodes[level]];
            int end = _contexts[level][nodes[level] + 1].First;
            if (context.First == end)
                continue;
            AddContinuations(_data.Levels[level + 1], context.First, end, rest * context.Scale, probabilities);
            rest *= context.Rest;
        }
    }

    /// <summary>The probability that <paramref name="token"/> comes next: one entry of what <see cref="Predict"/> gives, up to rounding, at less cost.</summary>
    /// <param name="state">A state of this model.</param>
    /// <param name="token">0 to V − 1.</param>
    public double Probability(PredictorState state, int token)
    {
        int[] nodes = Own(state).Nodes;
        if ((uint)token >= (uint)VocabularySize)
            ThrowNoToken(token);
        double probability = _data.Unigrams[token];
        for (int level = 0; level < nodes.Length; level++)
        {
            if (nodes[level] < 0)
                continue;
            NGramContext context = _contexts[level][nodes[level]];
            int child = Child(level, nodes[level], token);
            probability *= context.Rest;
            if (child >= 0)
                probability += context.Scale * _data.Levels[level + 1].Weights[_data.Levels[level + 1].Codes[child]];
        }
        return probability;
    }

    /// <summary>The number of tokens of the longest context, counted from the last one back, after which this model has seen something.</summary>
    /// <param name="state">A state of this model.</param>
    public int KnownContext(PredictorState state)
    {
        int[] nodes = Own(state).Nodes;
        for (int level = nodes.Length - 1; level >= 0; level--)
        {
            if (nodes[level] >= 0 && _contexts[level][nodes[level]].First < _contexts[level][nodes[level] + 1].First)
                return level + 1;
        }
        return 0;
    }

    private static void AddContinuations(NGramLevel level, int first, int end, float scale, Span<float> probabilities)
    {
        ReadOnlySpan<ushort> tokens = level.Tokens.AsSpan(first, end - first);
        ReadOnlySpan<byte> codes = level.Codes.AsSpan(first, end - first);
        float[] weights = level.Weights;
        for (int i = 0; i < tokens.Length; i++)
            probabilities[tokens[i]] += scale * weights[codes[i]];
    }

    /// <summary>The continuation of an n-gram by a token, or −1.</summary>
    private int Child(int level, int node, int token)
    {
        if (node < 0)
            return -1;
        ushort[] tokens = _data.Levels[level + 1].Tokens;
        int low = _contexts[level][node].First, high = _contexts[level][node + 1].First - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (tokens[middle] == token)
                return middle;
            if (tokens[middle] < token)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private NGramState Own(PredictorState state)
    {
        if (state is not NGramState own || own.Model != this)
            ThrowForeign();
        return Unsafe.As<NGramState>(state);
    }

    [DoesNotReturn]
    private static void ThrowForeign() =>
        throw new ArgumentException("NGramModel: the state was made by another predictor. Use a state of this model's NewState().", "state");

    [DoesNotReturn]
    private void ThrowNoToken(int token) => throw new ArgumentOutOfRangeException(
        nameof(token), token, $"NGramModel: there is no token {token}; the vocabulary has {VocabularySize} (0 to {VocabularySize - 1}). Does it come from another tokenizer?");

    [DoesNotReturn]
    private void ThrowLength(int length, string name) => throw new ArgumentException(
        $"NGramModel.Predict: {length} probabilities are asked for, the vocabulary has {VocabularySize}. Give one entry a token.", name);
}
