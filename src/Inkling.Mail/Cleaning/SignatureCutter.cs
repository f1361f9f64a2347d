using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>Cuts what stands below the author's name: the signature block, list footers and disclaimers.</summary>
internal static partial class SignatureCutter
{
    private const int LongestBlock = 14;  // lines a signature has at most
    private const int LongestLine = 70;   // characters of a line of one
    private const int LongestName = 40;

    /// <summary>Removes the end of <paramref name="lines"/> that is signature. The closing words and the name below them stay.</summary>
    public static void Cut(List<string> lines)
    {
        TrimEnd(lines);
        CutAfterClosing(lines);
        CutContactBlock(lines);
        TrimEnd(lines);
    }

    /// <summary>Removes everything from <c>-- </c> (RFC 3676), a list's footer or a disclaimer on: nothing that follows is the author's.</summary>
    public static void CutAtMarker(List<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i];
            bool ends = line is "-- " or "--" or "- -- " or "- --"
                || line.StartsWith("You received this message because you are subscribed", StringComparison.OrdinalIgnoreCase)
                || IsRule(line) && FooterFollows(lines, i)
                || line.Length > 20 && Disclaimer().Count(Paragraph(lines, i)) >= 3 && StartsParagraph(lines, i);
            if (!ends)
                continue;
            lines.RemoveRange(i, lines.Count - i);
            return;
        }
    }

    private static void CutAfterClosing(List<string> lines)
    {
        int first = Math.Max(0, lines.Count - LongestBlock);
        for (int i = lines.Count - 1; i >= first; i--)
        {
            if (!Closing().IsMatch(lines[i]))
                continue;
            int name = NextFilled(lines, i + 1);
            if (name >= lines.Count || lines[name].Trim().Length > LongestName)
                return;
            bool block = true;
            for (int j = name + 1; j < lines.Count; j++)
                block &= lines[j].Trim().Length <= LongestLine && !LooksLikeSentence(lines[j]);
            if (block)
                lines.RemoveRange(name + 1, lines.Count - name - 1);
            return;
        }
    }

    // Without closing words: the last lines, when they are short and two of them (or the only one below a name) hold telephone numbers, addresses and the like.
    private static void CutContactBlock(List<string> lines)
    {
        int start = lines.Count, contacts = 0, blanks = 0;
        while (start > 0 && lines.Count - start < LongestBlock)
        {
            string line = lines[start - 1].Trim();
            if (line.Length == 0)
            {
                if (++blanks > 1)
                    break;
            }
            else if (Contact().IsMatch(line) && line.Length <= LongestLine && !LooksLikeSentence(line))
                contacts++;
            else if (line.Length > 50 || LooksLikeSentence(line) || Greeting().IsMatch(line))
                break;
            start--;
        }
        if (contacts == 0)
            return;
        int contact = NextFilled(lines, start);
        while (contact < lines.Count && !(Contact().IsMatch(lines[contact]) && !LooksLikeSentence(lines[contact])))
            contact++;
        // The name on top of the first contact line's paragraph stays; a title between them goes.
        int top = contact;
        while (top > start && !string.IsNullOrWhiteSpace(lines[top - 1]))
            top--;
        int below = lines.Count - contact;
        if (contacts * 2 < below && contacts < 2)
            return;
        int keep = contact > top && lines[top].Trim().Length <= LongestName ? top + 1 : contact;
        if (keep == 0 && contacts < 2)
            return; // one line with a number may be all there is to say
        lines.RemoveRange(keep, lines.Count - keep);
    }

    private static bool FooterFollows(List<string> lines, int rule)
    {
        for (int i = rule + 1; i < lines.Count && i <= rule + 4; i++)
        {
            if (Footer().IsMatch(lines[i]))
                return true;
        }
        return false;
    }

    private static bool StartsParagraph(List<string> lines, int at) => at == 0 || string.IsNullOrWhiteSpace(lines[at - 1]) || IsRule(lines[at - 1]) || lines[at - 1].Length < 60;

    private static string Paragraph(List<string> lines, int at)
    {
        int end = at;
        while (end < lines.Count && end - at < 12 && !string.IsNullOrWhiteSpace(lines[end]))
            end++;
        string text = string.Join(' ', lines.GetRange(at, end - at));
        return text.Length > 2000 ? text[..2000] : text;
    }

    private static bool IsRule(string line)
    {
        string trimmed = line.Trim();
        return trimmed.Length >= 5 && trimmed.AsSpan().Trim("_-=*~+#").IsEmpty;
    }

    private static bool LooksLikeSentence(string line)
    {
        string trimmed = line.Trim();
        if (trimmed.EndsWith('?') || trimmed.EndsWith('!'))
            return true;
        if (trimmed.Length < 25)
            return false;
        int words = 0, small = 0;
        foreach (string word in trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            words++;
            if (char.IsLower(word[0]))
                small++;
        }
        return words >= 5 && (small * 2 >= words || small >= 4);
    }

    private static int NextFilled(List<string> lines, int at)
    {
        while (at < lines.Count && string.IsNullOrWhiteSpace(lines[at]))
            at++;
        return at;
    }

    private static void TrimEnd(List<string> lines)
    {
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1]))
            lines.RemoveAt(lines.Count - 1);
    }

    [GeneratedRegex("""
        ^\s*((many|best|kind(est)?|warm(est)?|with\s+(best|kind)|all\s+(the|my)?|very|yours|love|cheers|respectfully|thank(s|\s+you)?(\s+(again|so\s+much|very\s+much|in\s+advance|a\s+lot|you))?|thx|regards|rgds|sincerely|take\s+care|later|cordially|best)
            (\s+(best|regards|wishes|thanks|truly|sincerely|again))?\s*[,.!\-]*
          |(mit\s+)?(freundliche[nrm]?|beste[nrm]?|viele|liebe|herzliche[nrm]?|sch(ö|oe)ne)\s+gr(ü|ue)(ß|ss)en?(\s+aus\s+\w+)?\s*[,.!]*|gru(ß|ss)\s*,?|mfg|lg|vg
          |(bien\s+)?(cordialement|amicalement|sinc[èe]res?\s+salutations|[àa]\s+bient[ôo]t)\s*[,.!]*|saludos(\s+cordiales)?\s*[,.!]*|atentamente\s*,?|un\s+abrazo\s*,?
          |(cordiali|distinti)\s+saluti\s*,?|(met\s+)?vriendelijke\s+groet(en)?\s*,?|med\s+v(ä|e)nlig(a)?\s+h(ä|i)lsning(ar)?\s*,?|atenciosamente\s*,?|abra[çc]os?\s*,?)\s*$
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Closing();

    [GeneratedRegex("""
        (\+?\(?\d{2,4}\)?[\s./-]*\d{2,4}[\s./-]\d{3,5}|\b\d{3}[-.]\d{4}\b|\bx\d{4,5}\b|^x?\d[-\d]{4,}$)
        | \b(tele?(phone)?|ph(one)?|fax|mobile|mob|cell|office|direct|pager|e-?mail|web|homepage|icq|skype|t[ée]l|handy)\s*[:.#]
        | \S@\S+\.\w | https?:// | \bwww\. | \b[A-Z]{2}\s+\d{5}\b | \b(P\.?\s?O\.?\s+Box|Suite|Ste\.|Floor|Room)\s+\w*\d | ^\d+\s+\w+.*\b(Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Drive|Blvd\.?|Lane|Plaza)\b
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Contact();

    [GeneratedRegex("""^\s*(dear|hi|hello|hey|good\s+(morning|afternoon|evening)|hallo|liebe[rs]?|sehr\s+geehrte|bonjour|hola|caro|cara)\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greeting();

    [GeneratedRegex("""mailing\s+list|unsubscribe|sponsored\s+by|listinfo|yahoo!?\s*groups|to\s+subscribe|posting\s+guide|do\s+you\s+yahoo|get\s+your\s+free|msn\.com|hotmail|this\s+(e-?mail|message)\b|virus|confidential|vertraulich|confidentiel""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Footer();

    [GeneratedRegex("""
        \b(confidential|privileged|intended\s+(only\s+)?(for|recipients?|solely)|addressees?|unauthori[sz]ed|disclosure|dissemination|prohibited|notify\s+(the\s+sender|us)|delete\s+(this|it|the)|viruses|liability|
           vertraulich\w*|empf[äa]nger|irrt[üu]mlich|unbefugt\w*|absender|confidentiel\w*|destinataires?|exp[ée]diteur|erreur|interdit\w*|confidencial\w*|destinatario|riservat\w+)\b
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Disclaimer();
}
