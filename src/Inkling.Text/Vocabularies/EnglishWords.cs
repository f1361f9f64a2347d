namespace Inkling.Text;

/// <summary>
/// The words of English text as the Penn Treebank cuts them, in lower case: contractions are parted (<c>don't</c> is <c>do n't</c>, <c>it's</c> is
/// <c>it 's</c>, <c>cannot</c> is <c>can not</c>), also where the apostrophe was left out and nothing else can be meant (<c>dont</c>, <c>isnt</c>, <c>im</c>);
/// words with a hyphen are their parts; marks between sentences and clauses are words of their own. Quotes, brackets and control characters disappear.
/// </summary>
/// <remarks>Text that is cut already comes out as it is: <c>do n't</c> stays, and <c>do n 't</c> is brought into that form.</remarks>
public static class EnglishWords
{
    // What stands before n't, with and without the apostrophe; "wont" and "cant" are hardly ever the words of the dictionary.
    private static readonly HashSet<string> s_negated = ["do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "would", "could", "should", "ca", "wo", "ai", "must", "need", "might"];

    private static readonly Dictionary<string, (string First, string Second)> s_parted = new(StringComparer.Ordinal)
    {
        ["cannot"] = ("can", "not"),
        ["im"] = ("i", "'m"),
        ["ive"] = ("i", "'ve"),
        ["youre"] = ("you", "'re"),
        ["theyre"] = ("they", "'re"),
        ["thats"] = ("that", "'s"),
        ["gonna"] = ("gon", "na"),
    };

    private static readonly string[] s_endings = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];

    /// <summary>Cuts a text into words.</summary>
    /// <param name="text">Any text; halves of surrogate pairs and control characters part words and disappear.</param>
    /// <param name="dropFinalMarks">Whether <c>.</c>, <c>!</c>, <c>?</c> and the like at the end of the whole text are left out, so that it does not matter whether they were typed. Default: no.</param>
    /// <param name="atMost">How many words are returned at most. Default: all.</param>
    public static List<string> Split(ReadOnlySpan<char> text, bool dropFinalMarks = false, int atMost = int.MaxValue)
    {
        List<string> words = [];
        int at = 0;
        while (at < text.Length && words.Count < atMost)
        {
            int length = IsPartOfWord(text, at) ? WordLength(text[at..]) : 0;
            if (length > 0) AddWord(text.Slice(at, length), words);
            else length = AddMark(text[at..], words);
            at += length;
        }

        if (words.Count > atMost) words.RemoveRange(atMost, words.Count - atMost);
        while (dropFinalMarks && words.Count > 0 && IsFinalMark(words[^1])) words.RemoveAt(words.Count - 1);
        return words;
    }

    /// <summary>Whether a word is a mark that can end a sentence.</summary>
    public static bool IsFinalMark(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word is "." or "!" or "?" or "..." or ";" or ":" or ",";
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && IsPartOfWord(text, length)) length++;
        return length;
    }

    private static bool IsPartOfWord(ReadOnlySpan<char> text, int at) =>
        char.IsLetterOrDigit(text[at]) || (IsApostrophe(text[at]) && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))
        || char.GetUnicodeCategory(text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark;

    private static bool IsApostrophe(char letter) => letter is '\'' or '’' or '`' or '´';

    private static void AddWord(ReadOnlySpan<char> text, List<string> words)
    {
        string word = Normalise(text);
        if (word == "'t" && words is [.., "n"])
        {
            words[^1] = "n't";
            return;
        }

        if (s_parted.TryGetValue(word, out (string First, string Second) parts))
        {
            words.Add(parts.First);
            words.Add(parts.Second);
            return;
        }

        foreach (string ending in s_endings)
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal)) continue;
            if (word.Length > ending.Length) words.Add(word[..^ending.Length]);
            words.Add(ending);
            return;
        }

        if (word.Length > 3 && word.EndsWith("nt", StringComparison.Ordinal) && s_negated.Contains(word[..^2]))
        {
            words.Add(word[..^2]);
            words.Add("n't");
            return;
        }

        // What is quoted in single quotes begins with one that is no part of the word.
        string plain = word.Trim('\'');
        if (plain.Length > 0) words.Add(plain);
    }

    private static string Normalise(ReadOnlySpan<char> text)
    {
        Span<char> letters = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        for (int i = 0; i < letters.Length; i++) letters[i] = IsApostrophe(text[i]) ? '\'' : char.ToLowerInvariant(text[i]);
        return new string(letters);
    }

    /// <summary>Adds a mark, a symbol or nothing; returns how many characters it takes.</summary>
    private static int AddMark(ReadOnlySpan<char> text, List<string> words)
    {
        char mark = text[0];
        if (mark == '.' || mark == '…')
        {
            int dots = text.IndexOfAnyExcept('.', '…');
            if (dots < 0) dots = text.Length;
            words.Add(dots > 1 || mark == '…' ? "..." : ".");
            return dots;
        }

        if (mark is ',' or ';' or ':' or '!' or '?' or '$' or '%' or '&')
        {
            words.Add(mark.ToString());
            return 1;
        }

        if (char.IsHighSurrogate(mark) && text.Length > 1 && char.IsLowSurrogate(text[1]))
        {
            words.Add(new string(text[..2]));
            return 2;
        }

        // U+FFFD stands where bytes were no text.
        if (char.IsSymbol(mark) && mark > 127 && mark != '\uFFFD') words.Add(mark.ToString());
        return 1;
    }
}
