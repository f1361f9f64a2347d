using System.Globalization;
using System.Text;

namespace Inkling.Text;

/// <summary>
/// Takes accents off: what is left of the canonical decomposition (Unicode Standard, §3.7) of a character without its non-spacing marks. The table comes along, because programs
/// that run without the system's language data (<c>InvariantGlobalization</c>) cannot decompose anything.
/// </summary>
internal static class Accents
{
    private const int FirstSyllable = 0xAC00, LastSyllable = 0xD7A3;

    private static readonly Dictionary<int, string> s_left = Read();

    /// <summary>All code points that the table changes, and what it leaves of them.</summary>
    internal static IReadOnlyDictionary<int, string> Table => s_left;

    /// <summary>Writes what is left of a character.</summary>
    /// <param name="rune">The character.</param>
    /// <param name="left">Room for 8.</param>
    /// <returns>How many UTF-16 units were written; 0 for a mark.</returns>
    public static int TakeOff(Rune rune, Span<char> left)
    {
        if (rune.IsAscii)
        {
            left[0] = (char)rune.Value;
            return 1;
        }

        if (s_left.TryGetValue(rune.Value, out string? known))
        {
            known.CopyTo(left);
            return known.Length;
        }

        if (rune.Value is >= FirstSyllable and <= LastSyllable) return Syllable(rune.Value - FirstSyllable, left);
        return Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : rune.EncodeToUtf16(left);
    }

    // A Korean syllable is its letters (§3.12).
    private static int Syllable(int index, Span<char> left)
    {
        const int Vowels = 21, Tails = 28;
        left[0] = (char)(0x1100 + (index / (Vowels * Tails)));
        left[1] = (char)(0x1161 + (index / Tails % Vowels));
        if (index % Tails == 0) return 2;
        left[2] = (char)(0x11A7 + (index % Tails));
        return 3;
    }

    private static Dictionary<int, string> Read()
    {
        Dictionary<int, string> table = new(2100);
        foreach (string group in AccentTable.Letters.Split(' '))
        {
            int bar = group.IndexOf('|', StringComparison.Ordinal);
            foreach (Rune composed in group.AsSpan(bar + 1).EnumerateRunes()) table.Add(composed.Value, group[..bar]);
        }

        foreach ((int first, string left) in AccentTable.Ideographs)
        {
            int at = first;
            foreach (Rune one in left.EnumerateRunes()) table.Add(at++, one.ToString());
        }

        return table;
    }
}
