namespace Inkling.Text;

/// <summary>
/// Cuts text into the words within which byte pairs merge. A hand-written equivalent of <see cref="Pattern"/>: letters with inner
/// apostrophes, numbers, or runs of anything else, each with one leading space; white space up to its last line break; other white space,
/// leaving one character to the word that follows.
/// </summary>
internal static class WordScanner
{
    /// <summary>
    /// The rule as the regular expression that <c>tokenizer.json</c> carries for other readers. <c>\s</c> is the Unicode property
    /// <c>White_Space</c>, as in Oniguruma. Every text is covered by its matches without gaps.
    /// </summary>
    public const string Pattern =
        @" ?[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*| ?\p{N}+| ?[^\s\p{L}\p{M}\p{N}]+|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The end of the word that begins at <paramref name="start"/>.</summary>
    /// <param name="text">The text; not empty.</param>
    /// <param name="start">Where the word begins: 0 or the end of the word before; less than the length of the text.</param>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        int index = start;
        CharacterKind kind = CharacterKinds.At(text, index, out int units);
        if (text[index] == ' ' && index + 1 < text.Length)
        {
            CharacterKind next = CharacterKinds.At(text, index + 1, out int nextUnits);
            if (next != CharacterKind.Whitespace)
            {
                index++;
                (kind, units) = (next, nextUnits);
            }
        }
        int end = CharacterKinds.EndOfRun(text, index + units, kind);
        return kind switch
        {
            CharacterKind.Letter => EndOfApostrophes(text, end),
            CharacterKind.Whitespace => EndOfWhitespace(text, start, end),
            _ => end,
        };
    }

    /// <summary>
    /// The length of the longest part of the text, from its start, whose words stay as they are whatever text is appended.
    /// </summary>
    /// <remarks>
    /// Only the end is open: the last word may grow, white space at the end may be cut otherwise, a final apostrophe may join the word
    /// before, and a high surrogate may become any character.
    /// </remarks>
    public static int StableLength(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && char.IsHighSurrogate(text[^1]))
            text = text[..^1];
        int last = 0, beforeLast = 0;
        for (int start = 0; start < text.Length; start = End(text, start))
            (beforeLast, last) = (last, start);
        if (last == text.Length)
            return 0;
        int whitespace = text.Length;
        while (whitespace > 0 && char.IsWhiteSpace(text[whitespace - 1]))
            whitespace--;
        if (whitespace < text.Length)
            return whitespace;
        bool joins = last == text.Length - 1 && IsApostrophe(text[last]) && last > beforeLast && EndsInLetter(text[..last]);
        return joins ? beforeLast : last;
    }

    private static int EndOfApostrophes(ReadOnlySpan<char> text, int end)
    {
        while (end + 1 < text.Length && IsApostrophe(text[end]) && CharacterKinds.At(text, end + 1, out int units) == CharacterKind.Letter)
            end = CharacterKinds.EndOfRun(text, end + 1 + units, CharacterKind.Letter);
        return end;
    }

    private static int EndOfWhitespace(ReadOnlySpan<char> text, int start, int end)
    {
        int lineBreak = text[start..end].LastIndexOfAny('\r', '\n');
        if (lineBreak >= 0)
            return start + lineBreak + 1;
        return end == text.Length || end == start + 1 ? end : end - 1;
    }

    private static bool IsApostrophe(char c) => c is '\'' or '’';

    private static bool EndsInLetter(ReadOnlySpan<char> text)
    {
        int index = text.Length - 1;
        if (index > 0 && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]))
            index--;
        return CharacterKinds.At(text, index, out _) == CharacterKind.Letter;
    }
}
