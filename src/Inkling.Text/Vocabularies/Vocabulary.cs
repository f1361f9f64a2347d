using System.Runtime.InteropServices;
using System.Text;

namespace Inkling.Text;

/// <summary>
/// Whole words and their numbers: special words first, then the others, the most frequent first. For models whose text is words, given as such;
/// a <see cref="Tokenizer"/> cuts any text into pieces.
/// </summary>
public sealed class Vocabulary
{
    private readonly List<string> _words = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>Takes words in the order of their numbers.</summary>
    /// <param name="words">Each once; number 0 comes first.</param>
    /// <param name="unknown">The one of them that stands for all others; null, the default, if there is none.</param>
    /// <exception cref="ArgumentException">A word is there twice or holds an end of line, or <paramref name="unknown"/> is not among them.</exception>
    public Vocabulary(IEnumerable<string> words, string? unknown = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        foreach (string word in words)
        {
            if (word.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException($"Vocabulary: word {_words.Count} holds an end of line.", nameof(words));
            if (!_ids.TryAdd(word, _words.Count)) throw new ArgumentException($"Vocabulary: '{word}' is there twice, as {_ids[word]} and as {_words.Count}.", nameof(words));
            _words.Add(word);
        }

        if (unknown is null) return;
        if (!_ids.TryGetValue(unknown, out int id)) throw new ArgumentException($"Vocabulary: the unknown word '{unknown}' is not among the words.", nameof(unknown));
        Unknown = id;
    }

    /// <summary>The number of words.</summary>
    public int Count => _words.Count;

    /// <summary>The number of what stands for every word that is not here; -1 if there is none.</summary>
    public int Unknown { get; } = -1;

    /// <summary>All words by number.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Counts words.</summary>
    /// <param name="words">The words of all texts, one after the other.</param>
    /// <param name="special">Words that get the first numbers whether they occur or not, such as padding and the ends of a sentence.</param>
    /// <param name="unknown">What stands for words that are left out, one of <paramref name="special"/> or of the words; null, the default, if there is none.</param>
    /// <param name="atMost">How many words are kept, special ones included, at least 1; the rarest go. Default: all.</param>
    /// <param name="atLeast">How often a word must occur to be kept, at least 1. Default: 1.</param>
    /// <remarks>Words that occur equally often are in ordinal order, so that the same texts give the same numbers.</remarks>
    /// <exception cref="ArgumentException">The special words do not fit, or the unknown word is not kept.</exception>
    public static Vocabulary Of(IEnumerable<string> words, ReadOnlySpan<string> special = default, string? unknown = null, int atMost = int.MaxValue, int atLeast = 1)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        if (special.Length > atMost) throw new ArgumentException($"Vocabulary.Of: {special.Length} special words do not fit into {atMost}.", nameof(special));
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (string word in words) CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
        foreach (string word in special) counts.Remove(word);
        IEnumerable<string> kept = counts.Where(pair => pair.Value >= atLeast)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key).Take(atMost - special.Length);
        return new Vocabulary([.. special, .. kept], unknown);
    }

    /// <summary>The number of a word, or <see cref="Unknown"/>; allocates nothing.</summary>
    public int IdOf(ReadOnlySpan<char> word) => _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int id) ? id : Unknown;

    /// <summary>The number of a word, if it is here.</summary>
    public bool TryFind(string word, out int id) => _ids.TryGetValue(word, out id);

    /// <summary>The word of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public string WordOf(int id)
    {
        if ((uint)id >= (uint)_words.Count) throw new ArgumentOutOfRangeException(nameof(id), id, $"Vocabulary: there are words 0 to {_words.Count - 1}.");
        return _words[id];
    }

    /// <summary>The numbers of words.</summary>
    /// <exception cref="ArgumentException">A word is not here and there is no unknown word.</exception>
    public int[] Encode(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        List<int> ids = [];
        foreach (string word in words)
        {
            int id = IdOf(word);
            ids.Add(id >= 0 ? id : throw new ArgumentException($"Vocabulary.Encode: '{word}' is not among the {Count} words, and none stands for unknown ones.", nameof(words)));
        }

        return [.. ids];
    }

    /// <summary>Writes the words, one a line, in UTF-8.</summary>
    public void Write(Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (string word in _words) writer.WriteLine(word);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">The words, one a line.</param>
    /// <param name="unknown">The one of them that stands for all others; null, the default, if there is none.</param>
    /// <exception cref="InvalidDataException">The bytes are not UTF-8, a word is there twice, or the unknown word is not among them.</exception>
    public static Vocabulary Read(Stream stream, string? unknown = null)
    {
        using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        try
        {
            return new Vocabulary(reader.ReadToEnd() is { Length: > 0 } text ? text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')) : [], unknown);
        }
        catch (Exception error) when (error is ArgumentException or DecoderFallbackException)
        {
            throw new InvalidDataException($"The word list is damaged: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"Vocabulary({Count} words)";
}
