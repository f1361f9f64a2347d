using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// How well a text meets the words of a question, each by the word that is nearest to it: <c>Σ_q w_q max_t s(q, t) / Σ_q w_q</c>, with w the weight that the encoder
/// learnt for a word and s the cosine of two words' vectors, from 0.25 on and stretched to 0 … 1. Finer than one vector for all of a text, and too slow for all texts: it puts
/// those in order that were found. (The sum of maxima is that of Khattab, Zaharia 2020, §3.3.) Not for several threads at once.
/// </summary>
public sealed class WordAlignment
{
    private const float Least = 0.25f;

    private readonly SentenceEncoder _encoder;
    private readonly float[] _words;
    private readonly float[] _weights;
    private readonly Dictionary<int, float[]> _likeness = [];
    private readonly float[] _best;
    private readonly float _all;

    /// <summary>Takes the words of a question.</summary>
    /// <param name="encoder">The encoder whose words are compared.</param>
    /// <param name="question">The question, without words that say nothing.</param>
    public WordAlignment(SentenceEncoder encoder, ReadOnlySpan<char> question)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
        int[] rows = [.. encoder.Vocabulary.Encode(question, 64).Distinct()];
        int width = encoder.Dimensions;
        _words = new float[rows.Length * width];
        _weights = new float[rows.Length];
        _best = new float[rows.Length];
        for (int q = 0; q < rows.Length; q++) _weights[q] = MathF.Sqrt(encoder.Word(rows[q], _words.AsSpan(q * width, width)));
        _all = _weights.Sum();
        KnownWords = rows.Count(row => !SentenceVocabulary.IsUnknown(row));
    }

    /// <summary>How many different words of the question the encoder knows.</summary>
    public int KnownWords { get; }

    /// <summary>How well a text meets the question, 0 … 1.</summary>
    /// <param name="text">The text.</param>
    public double Fit(ReadOnlySpan<char> text)
    {
        if (_all <= 0) return 0;
        Span<char> room = stackalloc char[WordReader.LongestWord];
        WordReader words = new(text, room);
        Array.Clear(_best);
        while (words.Next(out ReadOnlySpan<char> word))
        {
            float[] likeness = Likeness(_encoder.Vocabulary.RowOf(word));
            for (int q = 0; q < _best.Length; q++) _best[q] = MathF.Max(_best[q], likeness[q]);
        }

        float sum = 0;
        for (int q = 0; q < _best.Length; q++) sum += _weights[q] * _best[q];
        return sum / _all;
    }

    private float[] Likeness(int row)
    {
        ref float[]? likeness = ref CollectionsMarshal.GetValueRefOrAddDefault(_likeness, row, out bool known);
        if (known) return likeness!;
        int width = _encoder.Dimensions;
        Span<float> vector = stackalloc float[width];
        _encoder.Word(row, vector);
        likeness = new float[_best.Length];
        for (int q = 0; q < likeness.Length; q++) likeness[q] = MathF.Max(0, (Reduce.Dot(_words.AsSpan(q * width, width), vector) - Least) / (1 - Least));
        return likeness;
    }
}
