namespace Inkling.Text;

/// <summary>The distinct words of a set of texts and how often each occurs.</summary>
internal sealed class WordCounts
{
    private const int CharactersPerReport = 1 << 20;

    /// <summary>Words and their counts, in ordinal order, so that training does not depend on the order of the texts.</summary>
    public required IReadOnlyList<(string Word, long Count)> Words { get; init; }

    public static WordCounts Count(
        IEnumerable<string> texts, SpecialTokens specials, BpeTrainerOptions options, CancellationToken cancellationToken)
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        var words = new List<(string Word, long Count)>();
        long characters = 0, reported = 0;
        foreach (string text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = 0;
            while (start < text.Length)
            {
                (int at, _, int length) = specials.Find(text, start);
                int end = at < 0 ? text.Length : at;
                CountWords(text.AsSpan(start..end), options.LongestWord, indices, words);
                start = end + length;
            }
            characters += text.Length;
            if (characters - reported >= CharactersPerReport)
            {
                options.Progress?.Report(new BpeTrainingProgress(BpeTrainingStage.Counting, characters, 0));
                reported = characters;
            }
        }
        words.Sort((a, b) => string.CompareOrdinal(a.Word, b.Word));
        return new WordCounts { Words = words };
    }

    private static void CountWords(ReadOnlySpan<char> text, int longest, Dictionary<string, int> indices, List<(string Word, long Count)> words)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = indices.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0; start < text.Length;)
        {
            int end = WordScanner.End(text, start);
            ReadOnlySpan<char> word = text[start..end];
            start = end;
            if (word.Length > longest)
                continue;
            if (lookup.TryGetValue(word, out int index))
                words[index] = (words[index].Word, words[index].Count + 1);
            else
            {
                lookup[word] = words.Count;
                words.Add((word.ToString(), 1));
            }
        }
    }
}
