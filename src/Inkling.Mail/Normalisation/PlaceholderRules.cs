using System.Buffers;
using System.Globalization;
using System.Text;
using Inkling.Language;

namespace Inkling.Mail;

/// <summary>What counts as an address, a telephone number, a number or an account-like string. Each rule looks at the start of a span.</summary>
internal static class PlaceholderRules
{
    private const int LongNumber = 7; // digits in a row from which on a number identifies something rather than counts it

    private static readonly string[] Schemes = ["http://", "https://", "ftp://", "file://", "mailto:", "tel:", "sip:", "news:", "notes://", "www."];
    private static readonly SearchValues<char> UrlStops = SearchValues.Create("<>\"⟦⟧|");
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevelDomains = new HashSet<string>(
        ["com", "org", "net", "edu", "gov", "mil", "info", "biz", "io", "dev", "app", "eu", "uk", "de", "fr", "ch", "nl", "ca", "au", "jp", "cn", "ie", "br", "se", "dk", "pl", "ru"],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Length of the web address (with scheme, or starting with www.) at the start; 0 when there is none.</summary>
    public static int Url(ReadOnlySpan<char> text)
    {
        foreach (string scheme in Schemes)
        {
            if (text.Length > scheme.Length && text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                int length = UrlLength(text);
                return length > scheme.Length ? length : 0;
            }
        }
        return 0;
    }

    /// <summary>Length of the e-mail address at the start; 0 when there is none. The part after the @ needs no dot.</summary>
    public static int Email(ReadOnlySpan<char> text)
    {
        int at = 0;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or '_' or '%' or '+' or '-' or '\'' or '/' or '=' or '&' or '!' or '#'))
            at++;
        if (at == 0 || at + 1 >= text.Length || text[at] != '@' || !char.IsLetterOrDigit(text[at + 1]))
            return 0;
        int end = at + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_'))
            end++;
        while (text[end - 1] is '.' or '-' or '_')
            end--;
        return end;
    }

    /// <summary>Length of the host name (with its path) at the start: labels between dots, the last one a well-known top-level domain; 0 when none.</summary>
    public static int Host(ReadOnlySpan<char> text)
    {
        int host = 0, label = 0;
        for (int end = 0; end <= text.Length; end++)
        {
            if (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '-'))
                continue;
            bool goesOn = end < text.Length && text[end] == MailTokens.Open; // the label's rest is a placeholder already
            if (label > 0 && !goesOn && TopLevelDomains.Contains(text[label..end]))
                host = end;
            if (end == label || end == text.Length || text[end] != '.')
                break;
            label = end + 1;
        }
        return host > 0 && host < text.Length && text[host] is '/' or ':' or '?' ? Math.Max(host, UrlLength(text)) : host;
    }

    /// <summary>Length of the telephone number at the start, which may contain spaces; 0 when there is none.</summary>
    /// <remarks>
    /// Groups of digits with single separators, 7 to 15 digits in all, and one of: a leading +; an area code in parentheses; the American
    /// shapes 3-3-4 and 3-4; a leading 0 with 9 digits or more. Years, dates and amounts have other shapes.
    /// </remarks>
    public static int Phone(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '('))
            return 0;
        Span<int> groups = stackalloc int[8];
        int count = 0, position = 0, end = 0, digits = 0;
        bool plus = text[0] == '+', parentheses = false, spaces = false;
        if (plus)
            position++;
        while (position < text.Length && count < groups.Length)
        {
            bool open = text[position] == '(';
            int start = position + (open ? 1 : 0), stop = start;
            while (stop < text.Length && char.IsAsciiDigit(text[stop]))
                stop++;
            if (stop == start || open && (stop == text.Length || text[stop] != ')'))
                break;
            groups[count++] = stop - start;
            digits += stop - start;
            parentheses |= open;
            position = end = stop + (open ? 1 : 0);
            if (position < text.Length && text[position] is ' ' or '-' or '.' or '/' && position + 1 < text.Length && text[position + 1] is '(' or (>= '0' and <= '9'))
                spaces |= text[position++] == ' ';
            else if (!open)
                break;
        }
        if (digits is < 7 or > 15 || count < 2 || end < text.Length && char.IsLetterOrDigit(text[end]))
            return 0;
        bool american = count >= 2 && groups[count - 1] == 4 && groups[count - 2] == 3 && (count == 2 ? !spaces : groups[count - 3] == 3);
        return plus || parentheses || american || text[0] == '0' && digits >= 9 ? end : 0;
    }

    /// <summary>Length of the run of letters, digits and underscores at the start, and how many characters of it belong to digits.</summary>
    public static int Run(ReadOnlySpan<char> text, out int digits)
    {
        int length = 0;
        digits = 0;
        while (length < text.Length)
        {
            int digit = DigitLength(text[length..]);
            if (digit == 0 && !char.IsLetter(text[length]) && text[length] != '_')
                break;
            length += Math.Max(digit, 1);
            digits += digit;
        }
        return length;
    }

    /// <summary>Appends what stands for a run with digits, and what is tied to it; returns how many characters were read.</summary>
    public static int ReadMixed(ReadOnlySpan<char> text, int run, int digits, ref TextBuffer to)
    {
        int letters = LetterPrefix(text[..run]);
        if (letters == 0)
            return ReadNumber(text, ref to);
        int number = run - letters;
        bool wordAndNumber = digits == number && (digits <= 2 || letters >= 3 && digits == 4); // Q3, May2001
        if (!wordAndNumber && digits > 1)
            return ReadId(text, run, ref to);
        to.Append(text[..letters]);
        return letters; // the digits come next, as a run of their own
    }

    // Digits first: 5, 1,234.56, 10:30, 10am, 2nd, 26.10.2000.
    private static int ReadNumber(ReadOnlySpan<char> text, ref TextBuffer to)
    {
        int end = 0, row = 0, longest = 0;
        while (end < text.Length)
        {
            int digit = DigitLength(text[end..]);
            if (digit > 0)
            {
                end += digit;
                longest = Math.Max(longest, ++row);
            }
            else if (text[end] is '.' or ',' or ':' or '/' or '\'' or '-' or '–' && DigitLength(text[(end + 1)..]) > 0)
            {
                end++;
                row = 0;
            }
            else
                break;
        }
        int run = Run(text[end..], out int digits);
        if (run > 3 || digits > 0 || longest >= LongNumber)
            return ReadId(text, end + run, ref to);
        to.Append(MailTokens.Number);
        return end;
    }

    // Takes along what hangs on it with a connector and has digits: 550e8400-e29b-41d4.
    private static int ReadId(ReadOnlySpan<char> text, int end, ref TextBuffer to)
    {
        while (end + 1 < text.Length && text[end] is '-' or '_' or '/' or '.' or ':')
        {
            int run = Run(text[(end + 1)..], out int digits);
            if (digits == 0)
                break;
            end += 1 + run;
        }
        to.Append(MailTokens.Id);
        return end;
    }

    private static int LetterPrefix(ReadOnlySpan<char> run)
    {
        int letters = 0;
        while (letters < run.Length && DigitLength(run[letters..]) == 0)
            letters++;
        return letters;
    }

    /// <summary>Characters of the decimal digit (of any script) at the start: 1 or 2; 0 when there is none.</summary>
    private static int DigitLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        if (!char.IsHighSurrogate(text[0]))
            return char.IsDigit(text[0]) ? 1 : 0;
        return Rune.DecodeFromUtf16(text, out Rune rune, out int length) == OperationStatus.Done
            && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber ? length : 0;
    }

    private static int UrlLength(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAny(UrlStops);
        if (length < 0)
            length = text.Length;
        while (length > 0 && text[length - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or ']' or '}' or '\'')
            length--;
        return length;
    }
}
