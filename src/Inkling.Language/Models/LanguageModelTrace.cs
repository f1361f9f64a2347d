using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// What a recurrent language model did while it read tokens: the states and gates of every unit after each token, and what it expected next
/// (Karpathy, Johnson &amp; Fei-Fei 2015, §4). <see cref="RecurrentLanguageModel.Trace"/> and <see cref="LstmDecoder.Trace"/> make one.
/// </summary>
public sealed class LanguageModelTrace
{
    private readonly ReadOnlySpanAction _scores;

    internal LanguageModelTrace(int[] tokens, RecurrentTrace cells, int vocabulary, ReadOnlySpanAction scores) =>
        (Tokens, Cells, VocabularySize, _scores) = (tokens, cells, vocabulary, scores);

    /// <summary>Writes the scores of all tokens for a hidden state of the last layer.</summary>
    internal delegate void ReadOnlySpanAction(ReadOnlySpan<float> hidden, Span<float> scores);

    /// <summary>The tokens that were read.</summary>
    public IReadOnlyList<int> Tokens { get; }

    /// <summary>States and gates after each token; a state for each layer.</summary>
    public RecurrentTrace Cells { get; }

    /// <summary>Number of tokens the model knows, V.</summary>
    public int VocabularySize { get; }

    /// <summary>How likely each token is to follow after a step, <c>[V]</c>. They come from the model's weights when asked, which should be those of the trace.</summary>
    /// <param name="step">The place of the token that was read last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such step.</exception>
    public float[] NextProbabilities(int step)
    {
        float[] probabilities = new float[VocabularySize];
        _scores(Cells.Hidden(Cells.States - 1, step), probabilities);
        RowSoftmax.Softmax(probabilities);
        return probabilities;
    }

    internal static int[] Check(string what, ReadOnlySpan<int> tokens, int vocabulary)
    {
        if (tokens.IsEmpty) throw new ArgumentException($"{what}: there are no tokens to read. Give one at least.", nameof(tokens));
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)vocabulary) throw new ArgumentException($"{what}: the token {token} is none of the model's {vocabulary}.", nameof(tokens));
        }

        return tokens.ToArray();
    }
}
