using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// The words of a <see cref="SentenceEncoder"/> and their rows: row 0 fills up, three rows stand for numbers and addresses, some for unknown words (which
/// of them follows from the word, so that a name is at least like itself), then one for each word.
/// </summary>
public sealed class SentenceVocabulary
{
    /// <summary>Rows for unknown words.</summary>
    public const int UnknownRows = 1024;

    internal const int Padding = 0;

    private const int FirstUnknown = 4;
    private const int FirstWord = FirstUnknown + UnknownRows;

    private readonly Vocabulary _words;

    /// <summary>Takes words in lower case.</summary>
    /// <param name="words">The words, each once, without blanks, the most frequent first.</param>
    /// <exception cref="ArgumentException">There are none, or one comes twice.</exception>
    public SentenceVocabulary(IEnumerable<string> words)
        : this(new Vocabulary(words))
    {
    }

    internal SentenceVocabulary(Vocabulary words)
    {
        _words = words;
        if (words.Count == 0) throw new ArgumentException("SentenceVocabulary: there are no words.", nameof(words));
    }

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => _words.Words;

    /// <summary>Rows of the table, V.</summary>
    public int Rows => FirstWord + _words.Count;

    /// <summary>The rows of a text's words, in their order.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="atMost">How many are returned at most. Default: all.</param>
    public int[] Encode(ReadOnlySpan<char> text, int atMost = int.MaxValue)
    {
        List<int> rows = [];
        Span<char> room = stackalloc char[WordReader.LongestWord];
        WordReader words = new(text, room);
        while (rows.Count < atMost && words.Next(out ReadOnlySpan<char> word)) rows.Add(RowOf(word));
        return [.. rows];
    }

    /// <summary>The row of a known word.</summary>
    internal static int RowOfWord(int number) => FirstWord + number;

    /// <summary>Whether a row is that of an unknown word.</summary>
    internal static bool IsUnknown(int row) => row is >= FirstUnknown and < FirstWord;

    /// <summary>The row of a word as <see cref="WordReader"/> gives it.</summary>
    internal int RowOf(ReadOnlySpan<char> word)
    {
        int known = _words.IdOf(word);
        if (known >= 0) return FirstWord + known;
        if (word[0] == '<')
        {
            if (word is WordReader.Number) return 1;
            if (word is WordReader.Email) return 2;
            if (word is WordReader.Link) return 3;
        }

        uint hash = 2166136261; // FNV-1a
        foreach (char c in word) hash = (hash ^ c) * 16777619;
        return FirstUnknown + (int)(hash % UnknownRows);
    }

    internal void Write(Stream stream) => _words.Write(stream);

    internal static SentenceVocabulary Read(Stream stream) => new(Vocabulary.Read(stream));
}
