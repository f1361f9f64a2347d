namespace Inkling.Mail;

/// <summary>
/// The writer's habit of one or two spaces after a sentence. The model reads and writes single spaces; suggestions are spaced as the draft is.
/// </summary>
/// <param name="Double">The draft puts two spaces after its sentences.</param>
/// <param name="AfterSentence">The caret follows the end of a sentence directly.</param>
/// <param name="AfterOneSpace">The caret follows the end of a sentence and one space.</param>
internal readonly record struct SentenceSpacing(bool Double, bool AfterSentence, bool AfterOneSpace)
{
    /// <summary>Tells the habit from the draft up to the caret; without any evidence it is one space.</summary>
    public static SentenceSpacing Of(ReadOnlySpan<char> text)
    {
        var (single, twice) = (0, 0);
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] != ' ' || !IsEnd(text[i - 1]))
                continue;
            if (text[i + 1] == ' ')
                twice++;
            else if (char.IsUpper(text[i + 1]))
                single++;
        }
        var afterOne = text.Length > 1 && text[^1] == ' ' && IsEnd(text[^2]);
        return new SentenceSpacing(twice > single, text.Length > 0 && IsEnd(text[^1]), afterOne);
    }

    /// <summary>The suggestion as this writer would space it.</summary>
    public string Apply(string suggestion)
    {
        if (!Double)
            return suggestion;
        if (AfterOneSpace && suggestion.Length > 0 && char.IsUpper(suggestion[0]))
            return " " + suggestion;
        return AfterSentence && suggestion.Length > 1 && suggestion[0] == ' ' && char.IsUpper(suggestion[1]) ? " " + suggestion : suggestion;
    }

    private static bool IsEnd(char c) => c is '.' or '?' or '!';
}
