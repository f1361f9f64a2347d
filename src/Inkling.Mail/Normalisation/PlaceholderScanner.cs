using Inkling.Language;

namespace Inkling.Mail;

/// <summary>The normaliser's third pass: puts placeholders where numbers, addresses and account-like strings stand.</summary>
/// <remarks>
/// A chunk is what stands between spaces. Chunks of letters and punctuation alone (most) are copied; the others are read from left to
/// right with the rules of <see cref="PlaceholderRules"/>. No decimal digit of any script passes.
/// </remarks>
internal static class PlaceholderScanner
{
    /// <summary>Appends <paramref name="text"/> with its placeholders to <paramref name="to"/>.</summary>
    public static void Scan(ReadOnlySpan<char> text, ref TextBuffer to)
    {
        int position = 0;
        while (position < text.Length)
        {
            int end = position;
            bool special = false;
            for (; end < text.Length && text[end] is not (' ' or '\n'); end++)
            {
                char c = text[end];
                // Letters may be part of a host name, which a dot between characters betrays.
                special |= c is (>= '0' and <= '9') or '@' or ':' or MailTokens.Open
                    || c == '.' && end + 1 < text.Length && char.IsLetter(text[end + 1])
                    || c > '\x7F' && (char.IsSurrogate(c) || char.IsDigit(c));
            }
            if (special)
                position = ScanChunk(text, position, end, ref to);
            else
            {
                to.Append(text[position..end]);
                position = end;
            }
            if (position < text.Length && position == end)
                to.Append(text[position++]);
        }
    }

    // Returns where reading goes on: the chunk's end, or further when a telephone number spans several chunks.
    private static int ScanChunk(ReadOnlySpan<char> text, int start, int end, ref TextBuffer to)
    {
        int position = start;
        while (position < end)
        {
            ReadOnlySpan<char> rest = text[position..end];
            if (MailTokens.PlaceholderLength(rest) is > 0 and int placeholder)
            {
                to.Append(rest[..placeholder]);
                position += placeholder;
                continue;
            }
            // What stands directly behind a word or a placeholder starts nothing: otherwise a second pass would find more than the first.
            bool fresh = position == start || !(char.IsLetterOrDigit(text[position - 1]) || text[position - 1] is '_' or MailTokens.Close);
            if (fresh && PlaceholderRules.Phone(text[position..]) is > 0 and int phone)
            {
                to.Append(MailTokens.Phone);
                return ScanRest(text, position + phone, end, ref to);
            }
            if (!fresh || !ReadAddress(rest, ref position, ref to))
                ReadRun(rest, ref position, ref to);
        }
        return position;
    }

    private static int ScanRest(ReadOnlySpan<char> text, int position, int end, ref TextBuffer to)
    {
        while (end < position || end < text.Length && text[end] is not (' ' or '\n'))
            end++;
        return position < end ? ScanChunk(text, position, end, ref to) : position;
    }

    private static bool ReadAddress(ReadOnlySpan<char> rest, ref int position, ref TextBuffer to)
    {
        int length = PlaceholderRules.Url(rest);
        string placeholder = MailTokens.Url;
        if (length == 0)
        {
            length = PlaceholderRules.Email(rest);
            placeholder = MailTokens.Email;
        }
        if (length == 0)
        {
            length = PlaceholderRules.Host(rest);
            placeholder = MailTokens.Url;
        }
        if (length == 0)
            return false;
        to.Append(placeholder);
        position += length;
        return true;
    }

    // One run of letters and digits, or one other character.
    private static void ReadRun(ReadOnlySpan<char> rest, ref int position, ref TextBuffer to)
    {
        int run = PlaceholderRules.Run(rest, out int digits);
        if (run == 0)
        {
            to.Append(rest[0]);
            position++;
        }
        else if (digits == 0)
        {
            to.Append(rest[..run]);
            position += run;
        }
        else
        {
            position += PlaceholderRules.ReadMixed(rest, run, digits, ref to);
        }
    }
}
