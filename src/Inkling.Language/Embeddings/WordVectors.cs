using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// Pretrained vectors of words, such as GloVe (Pennington et al. 2014): a list of words, one a line, and beside it their vectors, one row of
/// little-endian 32-bit numbers for each word in the same order, plain or compressed with gzip.
/// </summary>
public sealed class WordVectors
{
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly float[] _values;

    private WordVectors(string[] words, float[] values, int width)
    {
        Words = words;
        Width = width;
        _values = values;
        for (int i = 0; i < words.Length; i++) _rows.TryAdd(words[i], i);
    }

    /// <summary>The words in the order of the file, usually the most frequent first.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How many numbers a vector has, E.</summary>
    public int Width { get; }

    /// <summary>Reads both files.</summary>
    /// <param name="words">The file with the words, UTF-8.</param>
    /// <param name="vectors">The file with the rows; compressed if its name ends in <c>.gz</c>.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, the rows do not fit the words, or a number is not finite; the message says which.</exception>
    public static WordVectors Read(string words, string vectors)
    {
        ArgumentException.ThrowIfNullOrEmpty(words);
        ArgumentException.ThrowIfNullOrEmpty(vectors);
        string[] list = ReadWords(words);
        byte[] bytes = ReadBytes(vectors);
        if (list.Length == 0) throw new InvalidDataException($"'{words}' has no words.");
        if (bytes.Length == 0 || bytes.Length % (sizeof(float) * (long)list.Length) != 0)
            throw new InvalidDataException($"'{vectors}' has {bytes.Length} bytes, which is no multiple of 4 bytes for each of the {list.Length} words in '{words}'. Are the two of one set, and whole?");
        float[] values = new float[bytes.Length / sizeof(float)];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values.AsSpan()), MemoryMarshal.Cast<float, int>(values.AsSpan()));
        int width = values.Length / list.Length, broken = values.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (broken >= 0) throw new InvalidDataException($"'{vectors}', word {broken / width} ('{list[broken / width]}'): {values[broken]} is no finite number.");
        return new WordVectors(list, values, width);
    }

    /// <summary>The vector of a word, if it has one.</summary>
    public bool TryFind(string word, out ReadOnlySpan<float> vector)
    {
        bool found = _rows.TryGetValue(word, out int row);
        vector = found ? _values.AsSpan(row * Width, Width) : default;
        return found;
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
            throw new ArgumentException($"WordVectors.Fill: the embedding is {embedding.Shape}; {vocabulary.Count} words with vectors of {Width} need [{vocabulary.Count}, {Width}].", nameof(embedding));
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
    public override string ToString() => $"WordVectors({Words.Count} × {Width})";

    private static string[] ReadWords(string path)
    {
        try
        {
            return File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"'{path}' is not UTF-8.", error);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return File.ReadAllBytes(path);
        using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream all = new();
        try
        {
            unpacked.CopyTo(all);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' is damaged: {error.Message}", error);
        }

        return all.ToArray();
    }
}
