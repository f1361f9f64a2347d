using System.Globalization;
using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// The normaliser's first pass, character by character: one kind of line break, one kind of space, straight quotes, composed accents,
/// no control or invisible characters, no unpaired surrogates, no brackets that could spell a special token.
/// </summary>
internal static class CharacterFolding
{
    // What mail programs wrote in Windows-1252 and others read as Latin-1: the meanings of U+0080 to U+009F; a space is "nothing".
    private const string Windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <summary>Appends the folded form of <paramref name="text"/> to <paramref name="to"/>.</summary>
    public static void Fold(ReadOnlySpan<char> text, ref TextBuffer to)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is >= ' ' and < '\x7F' or '\n')
                to.Append(c);
            else if (c == '\r')
            {
                if (i + 1 == text.Length || text[i + 1] != '\n')
                    to.Append('\n');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                to.Append(text.Slice(i++, 2));
            else if (c == MailTokens.Open && MailTokens.PlaceholderLength(text[i..]) is > 0 and int length)
            {
                to.Append(text.Slice(i, length));
                i += length - 1;
            }
            else
                FoldOther(c, ref to);
        }
    }

    private static void FoldOther(char c, ref TextBuffer to)
    {
        if (c is >= '\x80' and < '\xA0')
        {
            c = Windows1252[c - '\x80'];
            if (c == ' ')
                return;
        }
        switch (c)
        {
            case '\t' or '\xA0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' or '\u3000' or '\u1680': to.Append(' '); break;
            case '\v' or '\f' or '\u2028' or '\u2029': to.Append('\n'); break;
            case '‘' or '’' or '‛' or 'ʼ': to.Append('\''); break;
            case '“' or '”' or '„' or '‟': to.Append('"'); break;
            case '‐' or '‑' or '−': to.Append('-'); break;
            case '…': to.Append("..."); break;
            case 'ﬀ': to.Append("ff"); break;
            case 'ﬁ': to.Append("fi"); break;
            case 'ﬂ': to.Append("fl"); break;
            case 'ﬃ': to.Append("ffi"); break;
            case 'ﬄ': to.Append("ffl"); break;
            case MailTokens.Open: to.Append('['); break;
            case MailTokens.Close: to.Append(']'); break;
            case '\u212B': AppendComposed('Å', ref to); break; // Ångström
            case '\u2126': AppendComposed('Ω', ref to); break; // ohm
            case '\u212A': AppendComposed('K', ref to); break; // kelvin
            default:
                if (char.IsSurrogate(c))
                    to.Append('\uFFFD');
                else if (!IsInvisible(c, to.Text))
                    AppendComposed(c, ref to);
                break;
        }
    }

    private static void AppendComposed(char c, ref TextBuffer to)
    {
        if (c >= '\u0300' && to.Length > 0 && CanonicalComposition.Compose(to[to.Length - 1], c) is not '\0' and char composed)
            to[to.Length - 1] = composed;
        else
            to.Append(c);
    }

    // Joiners (U+200C, U+200D) mean something in Arabic, Indic scripts and emoji, and nothing after a Latin letter.
    private static bool IsInvisible(char c, ReadOnlySpan<char> before) => c switch
    {
        '\u200C' or '\u200D' => before.IsEmpty || before[^1] < '\u0590',
        '\uFFFE' or '\uFFFF' => true,
        _ => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse,
    };
}
