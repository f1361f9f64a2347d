using System.Globalization;

namespace Inkling.Text;

/// <summary>The four kinds of characters that the word scanner tells apart. Every code point is of exactly one kind.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Neither of the others: punctuation, symbols, controls, emoji, unassigned code points, lone surrogates.</summary>
    Other,

    /// <summary>A letter or a combining mark, <c>[\p{L}\p{M}]</c>.</summary>
    Letter,

    /// <summary>A number, <c>\p{N}</c>.</summary>
    Number,

    /// <summary>White space, Unicode property <c>White_Space</c> (with U+0085, without U+FEFF).</summary>
    Whitespace,
}

/// <summary>Tells the kind of a character.</summary>
internal static class CharacterKinds
{
    private static readonly CharacterKind[] s_ascii = BuildAscii();

    /// <summary>The kind of the code point that begins at <paramref name="index"/>, and how many UTF-16 units it takes.</summary>
    public static CharacterKind At(ReadOnlySpan<char> text, int index, out int units)
    {
        char c = text[index];
        units = 1;
        if (c < 128)
            return s_ascii[c];
        if (!char.IsSurrogate(c))
            return Of(c);
        if (char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            units = 2;
            return Of(char.ConvertToUtf32(c, text[index + 1]));
        }
        return CharacterKind.Other;
    }

    /// <summary>The first index from <paramref name="index"/> on at which a character of another kind begins, or the end.</summary>
    public static int EndOfRun(ReadOnlySpan<char> text, int index, CharacterKind kind)
    {
        CharacterKind[] ascii = s_ascii;
        while ((uint)index < (uint)text.Length)
        {
            char c = text[index];
            if (c < 128)
            {
                if (ascii[c] != kind)
                    return index;
                index++;
            }
            else
            {
                if (At(text, index, out int units) != kind)
                    return index;
                index += units;
            }
        }
        return index;
    }

    /// <summary>The kind of a code point.</summary>
    public static CharacterKind Of(int codePoint)
    {
        if (codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint))
            return CharacterKind.Whitespace;
        return CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
                UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or
                UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
            _ => CharacterKind.Other,
        };
    }

    private static CharacterKind[] BuildAscii()
    {
        var kinds = new CharacterKind[128];
        for (int c = 0; c < kinds.Length; c++)
            kinds[c] = Of(c);
        return kinds;
    }
}
