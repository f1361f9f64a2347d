namespace Inkling.Language;

/// <content>Words as people type them.</content>
public sealed partial class WordVectors
{
    private const int MostSuggestions = 3, MostEdits = 2;

    // Rarer words are no likely meaning, and the search is for an error message.
    private const int SuggestedFrom = 200_000;

    /// <summary>The number of a word: spelt so, else in lower case, else with a capital, else in capitals.</summary>
    /// <exception cref="ArgumentException">None of these is known; the message offers near spellings.</exception>
    public int Find(string word) => TryFindRow(word, out int row) ? row : throw new ArgumentException(Unknown(word));

    /// <summary>The same without an error.</summary>
    /// <returns>Whether the word is known.</returns>
    public bool TryFindRow(string word, out int row)
    {
        ArgumentNullException.ThrowIfNull(word);
        string plain = word.Trim();
        if (_rows.TryGetValue(plain, out row)) return true;
        string lower = plain.ToLowerInvariant();
        if (lower.Length > 0 && (_rows.TryGetValue(lower, out row) || _rows.TryGetValue(char.ToUpperInvariant(lower[0]) + lower[1..], out row) || _rows.TryGetValue(plain.ToUpperInvariant(), out row))) return true;
        row = -1;
        return false;
    }

    /// <summary>Known words that differ from another by at most two letters, the nearest first, of equally near ones the most frequent.</summary>
    /// <param name="word">A word, usually one that is not known.</param>
    /// <param name="count">How many at most. Default: 3.</param>
    public IReadOnlyList<string> NearSpellings(string word, int count = MostSuggestions)
    {
        ArgumentNullException.ThrowIfNull(word);
        string wanted = word.Trim().ToLowerInvariant();
        int allowed = wanted.Length <= 3 ? 1 : MostEdits, most = int.Min(SuggestedFrom, _words.Length);
        if (wanted.Length is 0 or > 64) return [];
        List<(int Edits, int Row)> near = [];
        for (int row = 0; row < most; row++)
        {
            if (int.Abs(_words[row].Length - wanted.Length) > allowed) continue;
            int edits = Edits(wanted, _words[row], allowed);
            if (edits <= allowed) near.Add((edits, row));
        }

        near.Sort();
        return [.. near.Take(count).Select(one => _words[one.Row])];
    }

    private string Unknown(string word)
    {
        string shown = word.Length <= 40 ? word : word[..40] + "…";
        IReadOnlyList<string> near = NearSpellings(word);
        string remedy = near.Count > 0 ? $"Did you mean {string.Join(", ", near.Select(one => $"'{one}'"))}?" : "Take another word, or vectors with more words.";
        return $"'{shown}' is not among the {_words.Length} words. {remedy}";
    }

    /// <summary>
    /// Letters to insert, delete, change or swap with the next to come from one word to the other (optimal string alignment), or more than
    /// <paramref name="allowed"/> as soon as that is sure.
    /// </summary>
    private static int Edits(string a, string b, int allowed)
    {
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int edits = int.Min(int.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) edits = int.Min(edits, before[j - 2] + 1);
                row[j] = edits;
                least = int.Min(least, edits);
            }

            if (least > allowed) return allowed + 1;
            Span<int> free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[b.Length];
    }
}
