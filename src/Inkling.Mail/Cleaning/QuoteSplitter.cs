using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>Parts the lines of a message into what its author wrote and what is quoted or forwarded.</summary>
internal static partial class QuoteSplitter
{
    /// <summary>Splits a message. Inline answers stay with the author's lines; an empty line stands where a quote was.</summary>
    /// <param name="lines">The lines of the message.</param>
    /// <param name="quotesParted">Whether quotes have been taken out already, so that an attribution has nothing of its own below it.</param>
    /// <returns>The author's lines and, without their outermost quote marks, the quoted ones.</returns>
    public static (List<string> Own, List<string> Quoted) Split(IReadOnlyList<string> lines, bool quotesParted = false)
    {
        var own = new List<string>();
        var quoted = new List<string>();
        for (int i = 0; i < lines.Count;)
        {
            string line = lines[i];
            if (IsQuoted(line))
            {
                quoted.Add(Unquote(line));
                own.Add("");
                i++;
            }
            else if (QuoteHeaders.OpensMessage(line) || IsRuleAboveHeader(lines, i))
            {
                quoted.AddRange(lines.Skip(i + 1));
                break;
            }
            else if (QuoteHeaders.HeaderBlock(lines, i) > 0)
            {
                quoted.AddRange(lines.Skip(i));
                break;
            }
            else if (QuoteHeaders.Attribution(lines, i, out bool dated) is > 0 and int attribution)
            {
                int next = NextFilled(lines, i + attribution);
                bool answersBelow = quotesParted || own.TrueForAll(string.IsNullOrWhiteSpace);
                if (next == lines.Count || IsQuoted(lines[next]) || dated && answersBelow)
                    i = next;
                else if (dated)
                {
                    quoted.AddRange(lines.Skip(next));
                    break;
                }
                else
                    own.Add(lines[i++]);
            }
            else
            {
                own.Add(line);
                i++;
            }
        }
        return (own, quoted);
    }

    /// <summary>Whether a line carries a quote mark: <c>&gt;</c>, or initials before it.</summary>
    public static bool IsQuoted(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimStart(" \t");
        return text.StartsWith(">") || text.Length > 2 && text[0] is >= 'A' and <= 'Z' && Supercite().IsMatch(line);
    }

    private static string Unquote(string line) => Marks().Replace(line, "", 1);

    private static bool IsRuleAboveHeader(IReadOnlyList<string> lines, int at)
    {
        string line = lines[at].Trim();
        if (line.Length < 5 || !line.AsSpan().Trim("_-=*").IsEmpty)
            return false;
        int next = NextFilled(lines, at + 1);
        return next < lines.Count && QuoteHeaders.HeaderBlock(lines, next) > 0;
    }

    private static int NextFilled(IReadOnlyList<string> lines, int at)
    {
        while (at < lines.Count && string.IsNullOrWhiteSpace(lines[at]))
            at++;
        return at;
    }

    [GeneratedRegex("""^\s*[A-Z][A-Za-z]{0,11}>\s""", RegexOptions.CultureInvariant)]
    private static partial Regex Supercite();

    [GeneratedRegex("""^\s*([A-Z][A-Za-z]{0,11})?>\s?""", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
