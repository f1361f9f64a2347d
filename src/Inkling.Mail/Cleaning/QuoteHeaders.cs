using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>
/// Recognises what mail programs write above a quoted or forwarded message, in the languages whose forms are known here
/// (English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Polish).
/// </summary>
internal static partial class QuoteHeaders
{
    private const int LongestLine = 400; // longer lines are prose, and are not looked at
    private const int HeaderLookAhead = 8;

    /// <summary>Whether a line says that everything below is another message: <c>-----Original Message-----</c>, <c>Begin forwarded message:</c> …</summary>
    public static bool OpensMessage(string line)
    {
        if (line.Length is < 9 or > LongestLine)
            return false;
        return MessageRule().IsMatch(line);
    }

    /// <summary>Number of lines of the header block that starts at <paramref name="at"/>; 0 when there is none.</summary>
    /// <remarks>A block has a sender, and a subject or a date; or it is a Lotus Notes heading: name, date, then <c>To:</c> and <c>Subject:</c>.</remarks>
    public static int HeaderBlock(IReadOnlyList<string> lines, int at)
    {
        bool lotus = LotusHeading(lines, at);
        if (!lotus && (Field(lines[at]) is not HeaderField.From || !HeaderRule().IsMatch(lines[at])))
            return 0;
        int last = at, seen = 0, strange = 0;
        bool subject = false, sent = lotus;
        for (int i = at; i < lines.Count && strange <= 2 && i - at < 2 * HeaderLookAhead; i++)
        {
            HeaderField field = Field(lines[i]);
            if (field == HeaderField.None)
            {
                strange += string.IsNullOrWhiteSpace(lines[i]) ? 0 : 1;
                continue;
            }
            (last, strange) = (i, 0);
            seen++;
            subject |= field == HeaderField.Subject;
            sent |= field is HeaderField.Sent or HeaderField.To;
        }
        return seen >= 2 && sent && (subject || seen >= 3 || !lotus) ? last - at + 1 : 0;
    }

    /// <summary>Number of lines of the attribution (<c>On Monday Ann wrote:</c>) that starts at <paramref name="at"/>, 1 to 4; 0 when there is none.</summary>
    /// <param name="lines">The lines of the message.</param>
    /// <param name="at">The line that may start one.</param>
    /// <param name="dated">Whether it names a date or an address, as those by programs do.</param>
    public static int Attribution(IReadOnlyList<string> lines, int at, out bool dated)
    {
        dated = false;
        string first = lines[at].Trim();
        if (first.Length is 0 or > LongestLine)
            return 0;
        bool opens = AttributionStart().IsMatch(first);
        string joined = first;
        for (int count = 1; count <= 4; count++)
        {
            if (AttributionEnd().IsMatch(joined) && (opens || count == 1 && joined.Length < 120))
            {
                dated = DateOrAddress().IsMatch(joined);
                return count;
            }
            if (!opens || at + count >= lines.Count || lines[at + count].Trim() is not { Length: > 0 and < LongestLine } next || next[0] == '>')
                return 0;
            joined += " " + next;
        }
        return 0;
    }

    /// <summary>Which header field a line starts with.</summary>
    public static HeaderField Field(string line)
    {
        if (line.Length > LongestLine)
            return HeaderField.None;
        Match match = FieldRule().Match(line);
        if (!match.Success)
            return HeaderField.None;
        return match.Groups["from"].Success ? HeaderField.From
            : match.Groups["sent"].Success ? HeaderField.Sent
            : match.Groups["to"].Success ? HeaderField.To
            : match.Groups["subject"].Success ? HeaderField.Subject
            : HeaderField.Other;
    }

    // Lotus Notes: a name (with @ORGANISATION or "on 03/28/2001 11:16 AM"), perhaps the date on the next line, then To: and cc:.
    private static bool LotusHeading(IReadOnlyList<string> lines, int at)
    {
        string line = lines[at];
        if (line.Length is 0 or > 200)
            return false;
        bool date = LotusDate().IsMatch(line);
        if (!date && !(at + 1 < lines.Count && line.Trim().Length is > 0 and < 80 && LotusDateLine().IsMatch(lines[at + 1])))
            return false;
        for (int i = at + 1; i < lines.Count && i <= at + HeaderLookAhead; i++)
        {
            if (Field(lines[i]) is HeaderField.To)
                return true;
        }
        return false;
    }

    [GeneratedRegex("""
        ^[\s>|*]*(
          [-_=]{2,}\s*(original\s+messag?e?|original\s+appointment|urspr(ü|ue)ngliche\s+(nachricht|mail)|original-?nachricht|message\s+d['’]origine|message\s+original|courriel\s+original
             |mensaje\s+original|mensagem\s+original|messaggio\s+originale|oorspronkelijk\s+bericht|ursprungligt\s+meddelande|oprindelig\s+meddelelse
             |opprinnelig\s+melding|wiadomo[śs][ćc]\s+oryginalna)
        | original\s+messag?\s?e\s*(b\d)?\s*$
        | [-_=]{2,}\s*(forwarded\s+(by|message)|weitergeleitete\s+nachricht|weitergeleitet\s+von|message\s+(transf[ée]r[ée]|transmis)|mensaje\s+reenviado
             |mensagem\s+encaminhada|messaggio\s+inoltrato|doorgestuurd\s+bericht|vidarebefordrat|videresendt|przekazana\s+wiadomo)
        | (begin(ning)?\s+(of\s+)?forwarded\s+message|anfang\s+der\s+weitergeleiteten\s+(nachricht|e-?mail)|d[ée]but\s+du\s+message\s+(r[ée]exp[ée]di[ée]|transf[ée]r[ée])
             |inicio\s+del\s+mensaje\s+reenviado|inizio\s+messaggio\s+inoltrato|begin\s+doorgestuurd\s+bericht)\s*:?
        | forwarded\s+message\s*$
        | -+\s*forwarded\s+by\s.*on\s+\d
        | -{4,}\s*\w[\w\s.]{0,60}\bwrote\s*-{4,}
        )
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex MessageRule();

    [GeneratedRegex("""^[\s>|*]*(From|Von|De|Da|Van|Från|Fra|Od)\s*\*?\s*:\s*\*?\s*\S""", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderRule();

    [GeneratedRegex("""
        ^[\s>|*]*(
          (?<from>from|von|de|da|van|från|fra|od|sender)
        | (?<sent>sent|date|gesendet|datum|envoyé|date\s+d['’]envoi|enviado(\s+el)?|fecha|data|inviato|verzonden|skickat|sendt|dato|wysłano)
        | (?<to>to|an|à|para|a|aan|till|til|do)
        | (?<subject>subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|re)
        | cc|bcc|kopie|copie|copia|kopia|kopi|reply-to|antwort\s+an|importance|wichtigkeit|priority|sensitivity|attachments?|anlagen?|pi[èe]ces\s+jointes|please\s+respond\s+to|message-id|organization|x-mailer
        )\s*\*?\s*:
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex FieldRule();

    [GeneratedRegex("""^[\s"'<(]*(On|Am|Le|El|Il|Op|Em|Den|Den\s|W\s+dniu|At|In\s+(a\s+)?message|Quoting|Zitat\s+von|Citando)\s""", RegexOptions.CultureInvariant)]
    private static partial Regex AttributionStart();

    [GeneratedRegex("""
        (\b(wrote|writes|said|schrieb(\s+[^:]{1,80})?|(a\s+)?écrit|ha\s+scritto|escribió|escreveu|schreef(\s+[^:]{1,80})?|skrev(\s+[^:]{1,80})?|napisał\(?a?\)?|pisze)\s*:
        | ^(Quoting|Zitat\s+von|Citando)\s.*:)\s*$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex AttributionEnd();

    [GeneratedRegex("""\d|@""")]
    private static partial Regex DateOrAddress();

    [GeneratedRegex("""\bon\s+\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\s+\d{1,2}:\d{2}|^\s*\d{1,2}/\d{1,2}/\d{2,4}\s+\d{1,2}:\d{2}(:\d{2})?\s*([AP]M)?\s*$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LotusDate();

    [GeneratedRegex("""^\s*\d{1,2}/\d{1,2}/\d{2,4}\s+\d{1,2}:\d{2}(:\d{2})?\s*([AP]M)?\s*$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LotusDateLine();
}
