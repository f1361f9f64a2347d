using System.Runtime.InteropServices;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// Sentences as numbers of words, to learn vectors from: the words that occur often enough, the most frequent first, how often each occurs, and all
/// sentences one after the other. Rarer words are left out, as if the sentence were without them.
/// </summary>
public sealed class WordCorpus
{
    /// <summary>What stands between sentences.</summary>
    internal const int Break = -1;

    private readonly int[] _tokens;

    private WordCorpus(Vocabulary words, long[] counts, int[] tokens)
    {
        Words = words;
        Counts = counts;
        _tokens = tokens;
        Total = counts.Sum();
    }

    /// <summary>The words, the most frequent first.</summary>
    public Vocabulary Words { get; }

    /// <summary>How often each occurs.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>Words of all sentences that are kept.</summary>
    public long Total { get; }

    /// <summary>Numbers of words, and <see cref="Break"/> between sentences.</summary>
    internal ReadOnlySpan<int> Tokens => _tokens;

    /// <summary>Counts and numbers the words of sentences.</summary>
    /// <param name="sentences">Each a sentence, or whatever part of a text belongs together, as words.</param>
    /// <param name="atLeast">How often a word must occur to be kept, at least 1. Default: 5.</param>
    /// <param name="atMost">How many words are kept, at least 1; the rarest go. Default: all.</param>
    /// <exception cref="ArgumentException">Not two different words occur often enough.</exception>
    public static WordCorpus Of(IEnumerable<IReadOnlyList<string>> sentences, int atLeast = 5, int atMost = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<long> counts = [];
        List<int> tokens = [];
        foreach (IReadOnlyList<string> sentence in sentences)
        {
            foreach (string word in sentence)
            {
                ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, word, out bool known);
                if (!known)
                {
                    id = counts.Count;
                    counts.Add(0);
                }

                counts[id]++;
                tokens.Add(id);
            }

            if (tokens.Count > 0 && tokens[^1] != Break) tokens.Add(Break);
        }

        (string Word, int Id)[] kept = [.. seen.Select(pair => (Word: pair.Key, Id: pair.Value)).Where(one => counts[one.Id] >= atLeast && one.Word.Length > 0)
            .OrderByDescending(one => counts[one.Id]).ThenBy(one => one.Word, StringComparer.Ordinal).Take(atMost)];
        if (kept.Length < 2)
            throw new ArgumentException($"WordCorpus.Of: of {seen.Count} words {kept.Length} occur {atLeast} times or more; vectors are learnt from two at least. Give more text, or ask for fewer occurrences.", nameof(sentences));
        int[] numbers = new int[counts.Count];
        Array.Fill(numbers, int.MinValue);
        for (int i = 0; i < kept.Length; i++) numbers[kept[i].Id] = i;
        return new WordCorpus(new Vocabulary(kept.Select(one => one.Word)), [.. kept.Select(one => counts[one.Id])], Renumber(tokens, numbers));
    }

    /// <inheritdoc/>
    public override string ToString() => $"WordCorpus({Words.Count} words, {Total} in sentences)";

    private static int[] Renumber(List<int> tokens, int[] numbers)
    {
        Span<int> all = CollectionsMarshal.AsSpan(tokens);
        int count = 0;
        foreach (int token in all)
        {
            int number = token == Break ? Break : numbers[token];
            if (number == Break ? count > 0 && all[count - 1] != Break : number >= 0) all[count++] = number;
        }

        return all[..count].ToArray();
    }
}
