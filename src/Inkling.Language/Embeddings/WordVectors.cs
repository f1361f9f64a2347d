using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// A table of word vectors: words in the order of their files, usually the most frequent first, and a row of numbers for each. Finds nearest words, answers
/// analogies and tells the odd one out, all by comparing with every word, which takes about a millisecond for 100,000 words.
/// </summary>
/// <remarks>A table does not change once it is made; any number of threads may read it.</remarks>
public sealed partial class WordVectors
{
    /// <summary>The most numbers that a table holds: what fits into one array.</summary>
    internal const int MostValues = 0x7FFFFFC7;

    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly string[] _words;
    private readonly float[] _values;
    private float[]? _unit;

    /// <summary>Takes words and their vectors.</summary>
    /// <param name="words">The words, V of them, each once and none empty.</param>
    /// <param name="values">Their vectors, row after row, <c>[V, E]</c>; the table keeps the array.</param>
    /// <exception cref="ArgumentException">There are no words, one is empty or there twice, the numbers do not fit, or one is not finite; the message says which.</exception>
    public WordVectors(IReadOnlyList<string> words, float[] values)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(values);
        if (words.Count == 0) throw new ArgumentException("WordVectors: there are no words.");
        if (values.Length == 0 || values.Length % words.Count != 0)
            throw new ArgumentException($"WordVectors: {values.Length} numbers are no whole rows of {words.Count} words.");
        _words = [.. words];
        _values = values;
        Width = values.Length / words.Count;
        for (int i = 0; i < _words.Length; i++)
        {
            if (string.IsNullOrEmpty(_words[i])) throw new ArgumentException($"WordVectors: word {i} is empty.");
            if (!_rows.TryAdd(_words[i], i)) throw new ArgumentException($"WordVectors: '{_words[i]}' is there twice, as word {_rows[_words[i]]} and as word {i}.");
        }

        int broken = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (broken >= 0) throw new ArgumentException($"WordVectors: word {broken / Width} ('{_words[broken / Width]}'): {values[broken]} is no finite number.");
    }

    /// <summary>The words in the order of the file, usually the most frequent first.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>How many words there are, V.</summary>
    public int Count => _words.Length;

    /// <summary>How many numbers a vector has, E.</summary>
    public int Width { get; }

    /// <summary>All vectors, row after row, <c>[V, E]</c>.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Reads vectors of any known format, which is told by what the file holds: see <see cref="WordVectorFormats"/>.</summary>
    /// <param name="path">A file, plain or packed with gzip, or the folder of a model.</param>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="InvalidDataException">The format is not known, or the file is damaged; the message says where.</exception>
    public static WordVectors Load(string path) => WordVectorFormats.Read(path);

    /// <summary>Reads rows of numbers and the list of their words from two files (<see cref="RawRowsFormat"/>).</summary>
    /// <param name="words">The file with the words, one a line, UTF-8.</param>
    /// <param name="vectors">The file with the rows of little-endian 32-bit numbers, plain or packed with gzip.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, the rows do not fit the words, or a number is not finite; the message says which.</exception>
    public static WordVectors Read(string words, string vectors) => RawRowsFormat.Read(words, vectors);

    /// <summary>The vector of word number <paramref name="row"/>, <c>[E]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public ReadOnlySpan<float> this[int row] => (uint)row < (uint)_words.Length
        ? _values.AsSpan(row * Width, Width)
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"WordVectors: there are words 0 to {_words.Length - 1}.");

    /// <summary>The vector of a word, if it has one, spelt exactly so.</summary>
    public bool TryFind(string word, out ReadOnlySpan<float> vector)
    {
        bool found = _rows.TryGetValue(word, out int row);
        vector = found ? _values.AsSpan(row * Width, Width) : default;
        return found;
    }

    /// <summary>Writes the vector of word number <paramref name="row"/> at length 1; one of zeros stays so.</summary>
    /// <param name="row">The number of the word.</param>
    /// <param name="vector">Room for it, <c>[E]</c>.</param>
    /// <exception cref="ArgumentException">There is no such word, or <paramref name="vector"/> is of another width.</exception>
    public void UnitVector(int row, Span<float> vector)
    {
        if (vector.Length != Width) throw new ArgumentException($"WordVectors.UnitVector: room for {vector.Length} numbers; a vector has {Width}.");
        Normalise(this[row], vector);
    }

    /// <summary>The row of a word, −1 if it has none; allocates nothing.</summary>
    internal int RowOf(ReadOnlySpan<char> word) => _rows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int row) ? row : -1;

    /// <summary>The vector in a row.</summary>
    internal ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * Width, Width);

    /// <summary>Puts vectors into an embedding, one row a word; rows of words that have none stay as they are.</summary>
    /// <param name="vocabulary">The words of the rows.</param>
    /// <param name="embedding">The built parameter <c>[V, E]</c>.</param>
    /// <returns>How many rows were filled.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the vocabulary and the width.</exception>
    public int Fill(Vocabulary vocabulary, Parameter embedding)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(embedding);
        if (embedding.Shape != [vocabulary.Count, Width])
            throw new ArgumentException($"WordVectors.Fill: the embedding is {embedding.Shape}; {vocabulary.Count} words with vectors of {Width} need [{vocabulary.Count}, {Width}].");
        int filled = 0;
        for (int i = 0; i < vocabulary.Count; i++)
        {
            if (!TryFind(vocabulary.WordOf(i), out ReadOnlySpan<float> vector)) continue;
            vector.CopyTo(embedding.Values.Slice(i * Width, Width));
            filled++;
        }

        return filled;
    }

    /// <inheritdoc/>
    public override string ToString() => $"WordVectors({_words.Length} × {Width})";

    /// <summary>The rows at length 1; all zeros stay so. Made when first asked for.</summary>
    internal float[] Unit()
    {
        if (_unit is { } known) return known;
        float[] unit = new float[_values.Length];
        for (int row = 0; row < _words.Length; row++) Normalise(this[row], unit.AsSpan(row * Width, Width));
        return _unit = unit;
    }

    /// <summary>Writes a vector at length 1; all zeros stay so.</summary>
    internal static void Normalise(ReadOnlySpan<float> vector, Span<float> unit)
    {
        // Scaled by the largest first, so that squares neither overflow nor vanish.
        float largest = Reduce.MaxMagnitude(vector);
        if (largest == 0)
        {
            unit.Clear();
            return;
        }

        for (int i = 0; i < vector.Length; i++) unit[i] = vector[i] / largest;
        float length = MathF.Sqrt(Reduce.SumOfSquares(unit));
        for (int i = 0; i < unit.Length; i++) unit[i] /= length;
    }
}
