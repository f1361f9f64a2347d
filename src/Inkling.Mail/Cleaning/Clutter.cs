using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>Removes lines that nobody typed as prose: attachment marks, device notes, classification stamps, tables, drawings, code.</summary>
internal static partial class Clutter
{
    private const int LongestLine = 300; // longer ones are paragraphs

    /// <summary>Removes clutter; an empty line stands where some was.</summary>
    public static void Remove(List<string> lines)
    {
        RemoveLeftoverHeaders(lines);
        RemoveArmour(lines);
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i];
            if (line.Length is > 0 and <= LongestLine && (Mark().IsMatch(line) || IsDrawing(line)))
                lines[i] = "";
            else if (line.Contains('[', StringComparison.Ordinal) || line.Contains('<', StringComparison.Ordinal))
                lines[i] = InlineMark().Replace(line, "");
        }
        RemoveBlocks(lines, IsTableRow, atLeast: 2);
        RemoveBlocks(lines, IsCode, atLeast: 2);
    }

    /// <summary>Whether a line is a row of a table: three cells or more with a number among them, or cells between bars.</summary>
    public static bool IsTableRow(string line)
    {
        if (line.Length is < 5 or > LongestLine)
            return false;
        if (line.AsSpan().Count('|') >= 2)
            return true;
        int cells = 0, gaps = 0;
        bool number = false, inCell = false;
        for (int i = 0; i < line.Length; i++)
        {
            bool gap = line[i] == '\t' || line[i] == ' ' && i + 1 < line.Length && line[i + 1] is ' ' or '\t';
            if (gap && inCell)
            {
                gaps++;
                inCell = false;
                // Two spaces after a full stop part sentences, not cells.
                if (line[i] == ' ' && i > 0 && line[i - 1] is '.' or '?' or '!' or ':')
                    gaps--;
            }
            else if (line[i] is not (' ' or '\t') && !inCell)
            {
                cells++;
                inCell = true;
            }
            number |= char.IsAsciiDigit(line[i]);
        }
        return number && cells >= 3 && gaps >= 2 || ShareOfLetters(line) < 0.5 && line.Any(char.IsAsciiDigit);
    }

    private static bool IsCode(string line)
    {
        if (line.Length is < 3 or > LongestLine)
            return false;
        string trimmed = line.Trim();
        return trimmed.Length > 0 && (trimmed[^1] is '{' or '}' || trimmed[^1] == ';' && trimmed.AsSpan().IndexOfAny('=', '(', '<') >= 0 || CodeLine().IsMatch(trimmed));
    }

    private static bool IsDrawing(string line)
    {
        int filled = 0;
        foreach (char c in line)
        {
            if (char.IsLetterOrDigit(c))
                return false;
            if (!char.IsWhiteSpace(c))
                filled++;
        }
        return filled >= 3;
    }

    private static double ShareOfLetters(string line)
    {
        int letters = 0, filled = 0;
        foreach (char c in line)
        {
            letters += char.IsLetter(c) ? 1 : 0;
            filled += char.IsWhiteSpace(c) ? 0 : 1;
        }
        return filled == 0 ? 1 : (double)letters / filled;
    }

    // "Cc: …", "Subject: …" at the top are left over from headings that were cut; they go when at least one is there.
    private static void RemoveLeftoverHeaders(List<string> lines)
    {
        int at = 0;
        while (at < lines.Count && at < 12)
        {
            if (string.IsNullOrWhiteSpace(lines[at]))
                at++;
            else if (TopHeader().IsMatch(lines[at]))
                lines[at++] = "";
            else
                return;
        }
    }

    private static void RemoveArmour(List<string> lines)
    {
        int start = lines.FindIndex(line => line.StartsWith("-----BEGIN PGP SIGNED MESSAGE", StringComparison.Ordinal));
        if (start >= 0)
        {
            int text = lines.FindIndex(start, string.IsNullOrWhiteSpace);
            lines.RemoveRange(start, (text < 0 ? lines.Count : text) - start);
        }
        int signature = lines.FindIndex(line => line.StartsWith("-----BEGIN PGP", StringComparison.Ordinal));
        if (signature < 0)
            return;
        int end = lines.FindIndex(signature, line => line.StartsWith("-----END PGP", StringComparison.Ordinal));
        lines.RemoveRange(signature, (end < 0 ? lines.Count : end + 1) - signature);
    }

    // Empty lines between the rows belong to the block.
    private static void RemoveBlocks(List<string> lines, Func<string, bool> isPart, int atLeast)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (!isPart(lines[i]))
                continue;
            int end = i, parts = 0;
            for (int j = i; j < lines.Count && (isPart(lines[j]) || string.IsNullOrWhiteSpace(lines[j])); j++)
            {
                if (!string.IsNullOrWhiteSpace(lines[j]))
                {
                    end = j;
                    parts++;
                }
            }
            if (parts >= atLeast)
            {
                for (int j = i; j <= end; j++)
                    lines[j] = "";
            }
            i = end;
        }
    }

    [GeneratedRegex("""
        ^\s*(
          \[?(cid:|image|embedded|inline\s+image).{0,60}\]? | <embedded\s.{0,60}> | <<.{1,120}>> | -\s+\S.{0,100}\.(doc|xls|pdf|ppt|jpe?g|gif|bmp|txt|htm|html|zip|rtf|csv|mpp|docx|xlsx|pptx|png|tif|exe|pif|vcf)x?
        | (\(see\s+attached\s+file:.{0,120}) | attachment:.{0,120} | attachments?\s+removed.{0,60}
        | (sent\s+(from|via|wirelessly|by|using)\s+(my\s+)?(an?\s+)?(verizon|iphone|ipad|ipod|blackberry|android|samsung|mobile|smartphone|windows\s+phone|at&t|t-mobile|htc|nokia|treo|palm|cingular|wireless|outlook|mail\s+for|yahoo|gmail|handheld).{0,80})
        | (von\s+meinem\s+(iphone|ipad|handy|smartphone|mobilger[äa]t)\s+gesendet.{0,40}) | (envoy[ée]\s+(de|depuis)\s+mon\s.{0,40}) | (enviado\s+(desde|do)\s+(mi|meu)\s.{0,40}) | (inviato\s+da(l\s+mio)?\s.{0,40}) | (verzonden\s+vanaf\s+mijn\s.{0,40})
        | (this\s+(e-?mail|message)\s+is\s+unclassified\.?) | (secret|confidential|unclassified|sensitive\s+but\s+unclassified|sbu|for\s+official\s+use\s+only|limited\s+official\s+use)\s*[-—–/]*\s*(reason:.*)?
        | [-—–\s]*(reason|declassify\s+on|classified\s+by|derived\s+from)\s*:.{0,80} | (unclassified\s+)?u\.?s\.?\s+department\s+of\s+state\s+case\s+no.* | release\s+in\s+(part|full).{0,40}
        | [\s\d.(),]*b\d(\([A-Z\d]\))?[\s\d.,B()ADF]* | \d?\.?\d?\(?[BD]\)(,\s*\d?\.\d\(?[BD]\))*
        | importance:\s+(high|normal|low) | <snip> | \[\.\.\.\] | \[snip\] | \[deleted\] | \[redacted\]
        )\s*$
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex("""\[(IMAGE|image:[^\]]{0,80}|cid:[^\]]{0,80}|inline\s+image[^\]]{0,80})\]|<<[^<>]{1,120}>>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InlineMark();

    [GeneratedRegex("""^[>\s]*(cc|bcc|subject|reply-to|importance|to|sent|from|date|attachments?|sensitivity|forwarded-by|return-receipt-to)\s*:""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TopHeader();

    [GeneratedRegex("""^(\+ |[\w.$\[\]]+\s*(<-|<<-)\s*\S|(library|require|source|data|rm|str|summary|plot|install\.packages|options|attach)\(.*\)$|(function|if|for|while)\s*\(.*\)\s*\{?$|\#\s*\w|\[\d+\]\s|(Error in|Warning message|Call:|Coefficients:|Residuals:|Formula:|Loading required|Traceback|Program:|#include|import\s+\w+$|def\s+\w+\(|\$\s\w+|%\s?\w+|\w+%\s))|[=(]\s*function\s*\(""", RegexOptions.CultureInvariant)]
    private static partial Regex CodeLine();
}
