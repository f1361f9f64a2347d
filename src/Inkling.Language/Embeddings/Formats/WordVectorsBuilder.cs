using System.Buffers.Text;
using System.Text;

namespace Inkling.Language;

/// <summary>Collects words and rows while a file is read. Memory grows with what the file holds, never with what its header claims.</summary>
/// <param name="width">Numbers of a row.</param>
internal sealed class WordVectorsBuilder(int width)
{
    /// <summary>The widest row that is believed.</summary>
    public const int MostWidth = 100_000;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private readonly List<string> _words = [];
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private float[] _values = new float[int.Min(1024 * width, 1 << 20)];

    public int Count => _words.Count;

    /// <summary>Takes a word and makes room for its row.</summary>
    /// <param name="word">The word in UTF-8.</param>
    /// <param name="place">Where it stands, for messages: "line 7".</param>
    public Span<float> Add(ReadOnlySpan<byte> word, string place)
    {
        string text;
        try
        {
            text = s_strict.GetString(word);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{place}: the word is not UTF-8.");
        }

        if (text.Length == 0) throw new InvalidDataException($"{place}: the word is empty.");
        if (!_rows.TryAdd(text, _words.Count)) throw new InvalidDataException($"{place}: '{text}' was there before, as word {_rows[text] + 1}.");
        long start = (long)_words.Count * width, end = start + width;
        if (end > WordVectors.MostValues) throw new InvalidDataException($"{place}: there are more than {WordVectors.MostValues:N0} numbers; take a file with fewer words.");
        if (end > _values.Length) Array.Resize(ref _values, (int)long.Clamp(2L * _values.Length, end, WordVectors.MostValues));
        _words.Add(text);
        return _values.AsSpan((int)start, width);
    }

    /// <summary>Reads the numbers of a line of text, separated by spaces or tabs.</summary>
    public void AddText(ReadOnlySpan<byte> word, ReadOnlySpan<byte> numbers, int line)
    {
        Span<float> row = Add(word, $"line {line}");
        int count = 0;
        while (TryNumber(ref numbers, out ReadOnlySpan<byte> text))
        {
            if (count == width) throw new InvalidDataException($"line {line} ('{_words[^1]}') has more than {width} numbers.");
            if (!Utf8Parser.TryParse(text, out float value, out int used) || used != text.Length || !float.IsFinite(value))
                throw new InvalidDataException($"line {line} ('{_words[^1]}'): '{Encoding.UTF8.GetString(text[..int.Min(text.Length, 20)])}' is no finite number.");
            row[count++] = value;
        }

        if (count < width) throw new InvalidDataException($"line {line} ('{_words[^1]}') has {count} numbers in place of {width}.");
    }

    public WordVectors Build()
    {
        Array.Resize(ref _values, _words.Count * width);
        return new WordVectors(_words, _values);
    }

    /// <summary>Takes the next piece between blanks off the front.</summary>
    public static bool TryNumber(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> piece)
    {
        line = line.TrimStart(" \t"u8);
        int length = line.IndexOfAny((byte)' ', (byte)'\t');
        if (length < 0) length = line.Length;
        piece = line[..length];
        line = line[length..];
        return length > 0;
    }
}
