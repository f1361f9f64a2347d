using System.Text;

namespace Inkling.Mail;

/// <summary>Finds the author's own words in a mail, and what of the answered message is worth reading before them.</summary>
public static class MailCleaner
{
    private const int LongestText = 200_000;  // characters of a body that are looked at
    private const int LongestPrevious = 1500; // characters of the answered message that are kept
    private const int HeadingLines = 20;      // lines that a message's heading may take at the top of a quote
    private const int DeepestQuote = 4;

    /// <summary>Parts a message into the author's own words and the message that is quoted in it.</summary>
    /// <param name="body">The message's body as text.</param>
    /// <param name="quotesParted">Whether quotes have been taken out of it already, as in data sets: below <c>Ann wrote:</c> then stands the author's answer.</param>
    /// <returns>The author's words: no quotes, forwarded messages, signature (the name stays), disclaimers, tables, code; and the quoted message,
    /// cleaned as by <see cref="CleanPrevious"/>. Either may be empty.</returns>
    public static (string Own, string Previous) Split(string body, bool quotesParted = false)
    {
        ArgumentNullException.ThrowIfNull(body);
        var (own, quoted) = QuoteSplitter.Split(Lines(body), quotesParted);
        Strip(own);
        return (Join(own), Previous(quoted, depth: 0));
    }

    /// <summary>The answered message as context: without header lines, quote marks, signature and what it quotes itself.</summary>
    /// <param name="text">A quoted part, with or without quote marks, or a whole message. At most its first 1,500 characters are kept.</param>
    public static string CleanPrevious(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Previous(Lines(text), depth: 0);
    }

    private static string Previous(List<string> lines, int depth)
    {
        if (lines.TrueForAll(string.IsNullOrWhiteSpace))
            return "";
        SkipHeading(lines);
        var (own, quoted) = QuoteSplitter.Split(lines);
        Strip(own);
        string text = Join(own);
        // All of it quoted: the message is what stands behind the marks.
        if (text.Length == 0)
            return depth < DeepestQuote ? Previous(quoted, depth + 1) : "";
        if (!ProseJudge.IsProse(text))
            return "";
        return text.Length <= LongestPrevious ? text : Cut(text, LongestPrevious);
    }

    // Rules above footers are looked at before drawings go; device notes go before what stands above them can be seen for the end.
    private static void Strip(List<string> own)
    {
        SignatureCutter.CutAtMarker(own);
        Clutter.Remove(own);
        SignatureCutter.Cut(own);
    }

    /// <summary>The first characters of a text, up to a line break or a space when there is one near.</summary>
    internal static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int end = text.AsSpan(0, length).LastIndexOfAny('\n', ' ');
        if (end < length / 2)
            end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end].TrimEnd();
    }

    // The lines down to the last header field, when they stand at the top: names, dates and addresses are in between. A sentence ends the search.
    private static void SkipHeading(List<string> lines)
    {
        int last = -1, strange = 0;
        for (int i = 0; i < lines.Count && i < HeadingLines && strange <= 3; i++)
        {
            if (QuoteHeaders.Field(lines[i]) != HeaderField.None || QuoteHeaders.OpensMessage(lines[i]))
            {
                last = i;
                strange = 0;
            }
            else if (last >= 0 && lines[i].Contains('@', StringComparison.Ordinal) && lines[i].Length < 100)
            {
                last = i; // more addresses
            }
            else if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                if (lines[i].Length > 100 || lines[i].TrimEnd()[^1] is '.' or ',' or '!' or '?')
                    break;
                strange++;
            }
            else if (last >= 0 && QuoteHeaders.Field(lines[last]) == HeaderField.Subject)
            {
                break;
            }
        }
        if (last >= 0)
            lines.RemoveRange(0, last + 1);
    }

    private static List<string> Lines(string text)
    {
        if (text.Length > LongestText)
            text = Cut(text, LongestText);
        var lines = new List<string>();
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
            lines.Add(line.TrimEnd("\t \u00A0") is { Length: 2 } dashes && dashes is "--" ? "--" : line.ToString());
        return lines;
    }

    // One empty line at most between two others.
    private static string Join(List<string> lines)
    {
        var text = new StringBuilder();
        int blanks = 0;
        foreach (string line in lines)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                blanks++;
                continue;
            }
            if (text.Length > 0)
                text.Append(blanks > 0 ? "\n\n" : "\n");
            text.Append(line.AsSpan().TrimEnd());
            blanks = 0;
        }
        return text.ToString().Trim();
    }
}
