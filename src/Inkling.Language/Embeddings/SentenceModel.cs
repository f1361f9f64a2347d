using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// An averaging network over words: <c>u = Σ wᵢ eᵢ / ‖Σ wᵢ eᵢ‖</c> with learnt weights w and vectors e, then <c>z = u + A u + b + C tanh(B u)</c>. Begun
/// from word vectors it is smooth inverse frequency (Arora et al. 2017) with its common component taken out, and learns on from there.
/// </summary>
/// <remarks>Parameters: <c>words.weight</c> <c>[V, E]</c>, <c>weights.weight</c> <c>[V, 1]</c>, <c>linear</c> <c>[E, E]</c>, <c>up</c> <c>[H, E]</c>, <c>down</c> <c>[E, H]</c>.</remarks>
public sealed class SentenceModel : Module
{
    private readonly Linear _linear;
    private readonly Linear _up;
    private readonly Linear _down;

    /// <summary>Declares the network.</summary>
    /// <param name="rows">Rows of the table V, at least 2; row 0 fills up.</param>
    /// <param name="width">Width of words and of vectors E, at least 1.</param>
    /// <param name="hidden">Hidden units H, at least 1. Default: 128.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is too small.</exception>
    public SentenceModel(int rows, int width, int hidden = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        (Rows, Width, Hidden) = (rows, width, hidden);
        Words = AddChild("words", new Embedding(rows, width, Initializer.Normal(0.1f), padding: SentenceVocabulary.Padding) { SparseGradient = true });
        Weights = AddChild("weights", new Embedding(rows, 1, Initializer.Constant(1), padding: SentenceVocabulary.Padding) { SparseGradient = true });
        _linear = AddChild("linear", new Linear(width, width, initialize: Initializer.Constant(0)));
        _up = AddChild("up", new Linear(width, hidden));
        _down = AddChild("down", new Linear(hidden, width, bias: false, initialize: Initializer.Constant(0)));
    }

    /// <summary>Rows of the table, V.</summary>
    public int Rows { get; }

    /// <summary>Width of words and of vectors, E.</summary>
    public int Width { get; }

    /// <summary>Hidden units, H.</summary>
    public int Hidden { get; }

    /// <summary>The vectors of words.</summary>
    public Embedding Words { get; }

    /// <summary>How much words count.</summary>
    public Embedding Weights { get; }

    internal Parameter Linear => _linear.Weight;

    internal Parameter Bias => _linear.Bias!;

    internal Parameter Up => _up.Weight;

    internal Parameter UpBias => _up.Bias!;

    internal Parameter Down => _down.Weight;

    /// <summary>Encodes texts; allocates nothing.</summary>
    /// <param name="words"><c>[T, B]</c> rows of words, shorter texts filled up with 0.</param>
    /// <param name="wordDropout">The share of words left out while training, 0 … 1. Default: 0.</param>
    /// <returns>Vectors, not yet of length 1, <c>[B, E]</c>.</returns>
    public Tensor Forward(Indices words, double wordDropout = 0)
    {
        ArgumentNullException.ThrowIfNull(words);
        Tensor weights = Weights.Forward(words).Dropout((float)wordDropout);     // [T, B, 1]
        Tensor u = (Words.Forward(words) * weights).Sum(0).UnitRows();           // [B, E]
        return u + _linear.Forward(u) + _down.Forward(_up.Forward(u).Tanh());
    }

    /// <summary>Begins from word vectors: rows and weights as of smooth inverse frequency, and the common component of some texts taken out.</summary>
    /// <param name="vocabulary">The words of the rows.</param>
    /// <param name="vectors">Their vectors, the most frequent word first, of width E.</param>
    /// <param name="texts">Texts of the kind that will be encoded.</param>
    /// <exception cref="ArgumentException">The width or the vocabulary does not fit.</exception>
    public void Begin(SentenceVocabulary vocabulary, WordVectors vectors, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vocabulary.Rows != Rows || vectors.Width != Width) throw new ArgumentException($"SentenceModel.Begin: {vocabulary.Rows} rows and vectors of {vectors.Width} for a table of {Rows} × {Width}.", nameof(vectors));
        SifEncoder sif = SifEncoder.Fit(vectors, texts);
        Span<float> rows = Words.Weight.Values, weights = Weights.Weight.Values;
        for (int word = 0; word < vocabulary.Words.Count; word++)
        {
            int row = SentenceVocabulary.RowOfWord(word), known = vectors.RowOf(vocabulary.Words[word]);
            if (known < 0) continue;
            vectors.Row(known).CopyTo(rows.Slice(row * Width, Width));
            weights[row] = sif.WeightOf(known);
        }

        // An unknown word is a word nobody expects: as long as a usual vector, which for GloVe is about 6, in a direction of its own.
        for (int row = 1; row < SentenceVocabulary.RowOfWord(0); row++)
        {
            Span<float> one = rows.Slice(row * Width, Width);
            WordAverage.Normalize(one);
            Elementwise.Scale(one, SentenceVocabulary.IsUnknown(row) ? 4 : 2);
            weights[row] = SentenceVocabulary.IsUnknown(row) ? 0.5f : 0.1f;
        }

        ReadOnlySpan<float> component = sif.Component;
        for (int i = 0; i < Width; i++)
        {
            for (int j = 0; j < Width; j++) Linear.Values[(i * Width) + j] = -component[i] * component[j];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"SentenceModel({Rows} × {Width}, {Hidden} hidden)";
}
