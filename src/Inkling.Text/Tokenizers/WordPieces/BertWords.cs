using System.Globalization;
using System.Text;

namespace Inkling.Text;

/// <summary>
/// The words of a text as BERT sees them, one after the other: cleaned, without accents and in small letters as far as asked for; punctuation marks and Chinese characters are words of
/// their own (Devlin et al. 2019, <i>BERT: Pre-training of Deep Bidirectional Transformers</i>, and the tokenizer that was published with it).
/// </summary>
/// <param name="text">The text.</param>
/// <param name="rules">How it is read.</param>
/// <param name="room">Room for the longest word: two units a character, and <see cref="Reserve"/>.</param>
internal ref struct BertWords(ReadOnlySpan<char> text, WordPieceOptions rules, Span<char> room)
{
    /// <summary>Units beyond the longest word that there must be room for.</summary>
    public const int Reserve = 8;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _room = room;
    private readonly bool _lower = rules.LowerCase, _strip = rules.StripAccents ?? rules.LowerCase, _clean = rules.CleanText, _chinese = rules.SplitChinese;
    private readonly int _longest = rules.LongestWord;
    private int _at;

    /// <summary>Moves on to the next word.</summary>
    /// <param name="word">The word, until the next call; empty if it is longer than the longest.</param>
    /// <returns>False at the end.</returns>
    public bool Next(out ReadOnlySpan<char> word)
    {
        int units = 0, characters = 0;
        while (_at < _text.Length)
        {
            Rune.DecodeFromUtf16(_text[_at..], out Rune rune, out int taken);
            if (_clean && IsDropped(rune))
            {
                _at += taken;
                continue;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                _at += taken;
                if (characters > 0) break;
                continue;
            }

            bool chinese = _chinese && IsChinese(rune.Value);
            if (chinese && characters > 0) break;
            int written = Write(rune, _room[units..], out bool mark);
            if (mark && characters > 0) break;
            _at += taken;
            if (written == 0) continue;
            characters += Count(_room.Slice(units, written));
            // What is too long is read to its end all the same.
            units = characters > _longest ? 0 : units + written;
            if (mark || chinese) break;
        }

        word = _room[..units];
        return characters > 0;
    }

    /// <summary>Writes a character as the rules want it.</summary>
    private readonly int Write(Rune rune, Span<char> to, out bool mark)
    {
        int units = _strip ? Accents.TakeOff(rune, to) : rune.EncodeToUtf16(to);
        mark = false;
        for (int i = 0; i < units;)
        {
            Rune.DecodeFromUtf16(to[i..units], out Rune one, out int taken);
            mark |= IsPunctuation(one);
            if (_lower)
            {
                // The one letter of which two become.
                if (one.Value == 0x130)
                {
                    (to[i], to[i + 1], units) = ('i', '\u0307', units + 1);
                    taken = 2;
                }
                else Rune.ToLowerInvariant(one).EncodeToUtf16(to[i..]);
            }

            i += taken;
        }

        return units;
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char c in text) count += char.IsLowSurrogate(c) ? 0 : 1;
        return count;
    }

    private static bool IsDropped(Rune rune) => rune.IsAscii
        ? (rune.Value < ' ' && rune.Value is not ('\t' or '\n' or '\r')) || rune.Value == 0x7F
        : rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;

    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~')
        : Rune.IsPunctuation(rune);

    private static bool IsChinese(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0x2F800 and <= 0x2FA1F);
}
