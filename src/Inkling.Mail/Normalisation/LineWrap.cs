namespace Inkling.Mail;

/// <summary>Tells the line breaks that a mail program put in to keep lines short from those that the author meant.</summary>
/// <remarks>
/// Mail programs wrap at 72 to 78 columns, some converters at up to 125. A line break is taken for a wrap when the line before it has
/// 60 to 130 columns and stops in the middle of a sentence; or stops with one, but in a paragraph that was wrapped before or at a
/// column where plain-text mail is wrapped (66 to 80); or has 45 columns or more and the next line goes on with a small letter.
/// Never before a list item or a quoted line. Only the line before and the start of the next one are looked at,
/// so that a draft is read the same way while it is typed.
/// </remarks>
internal static class LineWrap
{
    private const int ShortestBroken = 45, Shortest = 60, ShortestPlain = 66, LongestPlain = 80, Longest = 130;

    /// <summary>Whether the break between two lines is a wrap.</summary>
    /// <param name="before">The line before the break, without trailing spaces.</param>
    /// <param name="after">The start of the line after it, without leading spaces; empty when nothing is there yet.</param>
    /// <param name="wrappedBefore">Whether the break before <paramref name="before"/> was a wrap.</param>
    public static bool IsWrap(ReadOnlySpan<char> before, ReadOnlySpan<char> after, bool wrappedBefore)
    {
        int columns = before.Length;
        if (columns is < ShortestBroken or > Longest || StartsItem(after))
            return false;
        bool sentenceEnds = before[^1] is '.' or '!' or '?' or ':' or ';';
        if (columns < Shortest)
            return !sentenceEnds && !after.IsEmpty && char.IsLower(after[0]);
        return !sentenceEnds || wrappedBefore || columns is >= ShortestPlain and <= LongestPlain;
    }

    /// <summary>Whether a word was broken at its hyphen, so that no space belongs after it.</summary>
    public static bool EndsInHyphen(ReadOnlySpan<char> text) => text.Length > 1 && text[^1] == '-' && char.IsLetter(text[^2]);

    private static bool StartsItem(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty)
            return false;
        if (line[0] is '>' or '|' or '•' or '·' or '■' or '_' or '=' or '#')
            return true;
        if (line[0] is '-' or '*' or '+' or '–' or 'o' && line.Length > 1)
            return line.Length == 1 || line[1] is ' ' or '-' or '*';
        int digits = 0;
        while (digits < line.Length && digits < 3 && char.IsAsciiDigit(line[digits]))
            digits++;
        if (digits == 0 && char.IsAsciiLetter(line[0]))
            digits = 1; // a) b)
        return digits > 0 && digits < line.Length && (line[digits] == ')' || line[digits] == '.' && (digits + 1 == line.Length || line[digits + 1] == ' '));
    }
}
