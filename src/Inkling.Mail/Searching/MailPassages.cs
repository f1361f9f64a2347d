namespace Inkling.Mail;

/// <summary>
/// Cuts a text into passages that can be found and shown by themselves: paragraphs; short ones together, long ones parted where sentences end.
/// The same text gives the same passages, so only their numbers are kept.
/// </summary>
internal static class MailPassages
{
    /// <summary>Passages of a mail at most.</summary>
    public const int Most = 512;

    private const int Enough = 160;     // characters from which on a passage stands by itself
    private const int Longest = 600;    // characters from which on it is parted
    private const int LongestSentence = 400;

    /// <summary>The passages, in order.</summary>
    public static List<Range> Split(string text)
    {
        List<Range> passages = [];
        int start = 0, at = 0;
        while (at < text.Length && passages.Count < Most)
        {
            int end = ParagraphEnd(text, at);
            if (end - start > Longest)
            {
                if (at > start) Add(passages, text, start, at);
                Part(passages, text, at, end);
                start = end;
            }
            else if (end - start >= Enough)
            {
                Add(passages, text, start, end);
                start = end;
            }

            at = end;
        }

        if (start < text.Length && passages.Count < Most) AddLast(passages, text, start);
        return passages;
    }

    /// <summary>The sentences of a passage: they end at marks before a blank, at empty lines, or where they get too long.</summary>
    public static IEnumerable<Range> Sentences(string text, Range passage)
    {
        (int start, int length) = passage.GetOffsetAndLength(text.Length);
        int stop = start + length;
        for (int at = start; at < stop; at++)
        {
            bool mark = text[at] is '.' or '!' or '?' && at + 1 < stop && char.IsWhiteSpace(text[at + 1]) && !IsAbbreviation(text, at);
            bool blank = text[at] == '\n' && at + 1 < stop && text[at + 1] == '\n';
            bool greeting = text[at] == '\n' && at > start && text[at - 1] is ',' or ':' && at - start < 60;
            bool tooLong = at - start >= LongestSentence && char.IsWhiteSpace(text[at]);
            if (!mark && !blank && !greeting && !tooLong) continue;
            if (Trimmed(text, start, at + 1) is { } sentence) yield return sentence;
            start = at + 1;
        }

        if (Trimmed(text, start, stop) is { } last) yield return last;
    }

    private static int ParagraphEnd(string text, int at)
    {
        int end = text.AsSpan(at).IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? text.Length : at + end + 2;
    }

    // A short rest belongs to the passage before it.
    private static void AddLast(List<Range> passages, string text, int start)
    {
        if (passages.Count > 0 && text.Length - start < Enough / 2 && text.Length - passages[^1].Start.Value <= Longest) passages[^1] = passages[^1].Start..text.Length;
        else Add(passages, text, start, text.Length);
    }

    private static void Part(List<Range> passages, string text, int start, int end)
    {
        int from = start;
        foreach (Range sentence in Sentences(text, start..end))
        {
            if (sentence.End.Value - from > Longest && sentence.Start.Value > from)
            {
                Add(passages, text, from, sentence.Start.Value);
                from = sentence.Start.Value;
            }
        }

        Add(passages, text, from, end);
    }

    private static void Add(List<Range> passages, string text, int start, int end)
    {
        if (passages.Count < Most && Trimmed(text, start, end) is { } passage) passages.Add(passage);
    }

    private static Range? Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return text.AsSpan(start, end - start).IndexOfAnyExceptInRange('\0', '/') < 0 ? null : start..end;
    }

    // Mr. and a. are no ends of sentences.
    private static bool IsAbbreviation(string text, int dot)
    {
        int start = dot;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        ReadOnlySpan<char> word = text.AsSpan(start, dot - start);
        return text[dot] == '.' && (word.Length == 1 || word is "Mr" or "Mrs" or "Ms" or "Dr" or "St" or "No" or "vs" or "Prof");
    }
}
