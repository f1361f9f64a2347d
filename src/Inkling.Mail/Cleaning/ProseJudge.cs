using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>Tells what people write from what programs send, and prose from tables, code and lists of figures.</summary>
internal static partial class ProseJudge
{
    private const double LeastLetters = 0.72; // letters among the characters that are no spaces
    private const double MostDigits = 0.12;

    /// <summary>Whether a mail's sender, subject or first words are a program's.</summary>
    public static bool IsAutomatic(string from, string subject, string text)
    {
        string head = text.Length > 400 ? text[..400] : text;
        return Robot().IsMatch(from) || AutomaticSubject().IsMatch(subject) || AutomaticText().IsMatch(head) || IsNewsletter(text);
    }

    /// <summary>Whether a text is mostly words.</summary>
    public static bool IsProse(string text)
    {
        int letters = 0, digits = 0, filled = 0;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
                continue;
            filled++;
            letters += char.IsLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }
        // Short mails may well be a time and a place.
        return letters > 0 && (filled < 60 || letters >= LeastLetters * filled && digits <= MostDigits * filled);
    }

    private static bool IsNewsletter(string text) => Bulk().Count(text.Length > 8000 ? text[..8000] : text) >= 2;

    [GeneratedRegex("""(^|[<\s:"'.-])(no-?reply|do-?not-?reply|mailer-daemon|postmaster|bugzilla(-daemon)?|majordomo|listserv|mailman|newsletter|notifications?|auto(mated|confirm|reply|responder)|bounce|cron|daemon|root|nobody|subscriptions?|webmaster|announcements?|news)(@|$|[>\s+-])|@(response|reply|bounces?|news|newsletters?)\.|_update@""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Robot();

    [GeneratedRegex("""^\s*(out\s+of\s+office|auto(matic)?\s?-?reply|autoreply|automatische\s+antwort|abwesenheits|r[ée]ponse\s+automatique|respuesta\s+autom|undeliver|delivery\s+(status|failure)|returned\s+mail|mail\s+delivery|read:|delivered:|not\s+read:|\[?bug\s\d|cvs\s+commit|accepted:|declined:|canceled:|updated:\s)|out\s+of\s+office\s+autoreply""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AutomaticSubject();

    [GeneratedRegex("""
        ^\s*(update\s+of\s+/|delivery\s+has\s+failed|your\s+message\s+(to|did\s+not|has\s+been)|the\s+following\s+(expense\s+)?reports?\s+(is|have|has)|this\s+is\s+an?\s+(automat\w+|system)|\*{3,}\s*this\s+is|notice\s+\d+\s+is\s+available|thank\s+you\s+for\s+(shopping|your\s+order|registering|subscribing)|a\s+message\s+from\s+|<html|<!doctype|begin:vcalendar|/?[-=]{20})
        | automatically\s+generated | do\s+not\s+reply\s+to\s+this\s+(e-?mail|message) | changed:\s+what\s+\|removed
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex AutomaticText();

    [GeneratedRegex("""unsubscribe|click\s+here|to\s+be\s+removed|remove\s+me|all\s+rights\s+reserved|privacy\s+policy|view\s+(this|in)\s+(e-?mail|your)?\s?(in\s+)?(your\s+)?browser|free\s+trial|abmelden|se\s+d[ée]sabonner""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bulk();
}
