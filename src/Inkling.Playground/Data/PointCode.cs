using System.Globalization;
using System.Text;

namespace Inkling.Playground;

/// <summary>
/// Points as text for an address: a digit, how many columns; a digit, how many classes, or <c>r</c> for numbers; <c>~</c>; of each row two letters a value and one
/// for its class or two for its number; and then, each after a <c>~</c>, names of columns and classes unless they are the usual ones.
/// </summary>
internal static class PointCode
{
    /// <summary>The longest that stands in an address.</summary>
    public const int Longest = 3000;

    /// <summary>The longest name of a column or a class.</summary>
    public const int LongestName = 24;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int Levels = 4095; // of the 4,096 that two letters can say: with an odd number 0 is one of them
    private const string Mark = "kept-";
    private static readonly System.Buffers.SearchValues<char> s_hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a text says which table it was, and does not hold it.</summary>
    public static bool IsMark(string code) => code.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The nearest of the levels 0 to 4,094 over −reach to reach; the middle is 0.</summary>
    public static int ToLevel(float value, float reach) => (int)MathF.Round((Math.Clamp(value / reach, -1, 1) + 1) / 2 * (Levels - 1));

    /// <summary>The value of a level.</summary>
    public static float FromLevel(int level, float reach) => reach * ((2f * level / (Levels - 1)) - 1);

    /// <summary>A name as it may stand in an address and on the page.</summary>
    public static string Cleaned(string name)
    {
        StringBuilder text = new();
        foreach (char c in name.Trim())
        {
            if (text.Length == LongestName) break;
            text.Append(char.IsControl(c) || char.IsSurrogate(c) || c == '~' ? '-' : c);
        }

        return text.ToString().Trim() is { Length: > 0 } cleaned ? cleaned : "-";
    }

    /// <summary>The text of a table: all of it, or a mark where that would be long.</summary>
    public static string Write(PointTable table)
    {
        int classes = table.ClassNames.Count, columns = table.Columns.Count;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{columns}").Append(classes == 0 ? "r" : classes.ToString(CultureInfo.InvariantCulture)).Append('~');
        for (int i = 0; i < table.Count; i++)
        {
            for (int c = 0; c < columns; c++) AppendLevel(text, ToLevel(table.Values[(i * columns) + c], PointTable.Reach));
            if (classes == 0) AppendLevel(text, ToLevel(table.Labels[i], 1));
            else text.Append((char)('0' + (int)table.Labels[i]));
        }

        IEnumerable<string> names = [.. table.Columns, .. table.ClassNames];
        if (!names.SequenceEqual(UsualNames(columns, classes)))
        {
            foreach (string name in names) text.Append('~').Append(name);
        }

        string whole = text.ToString();
        return whole.Length <= Longest ? whole : Mark + Hash(whole).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a text; null when it is none.</summary>
    public static PointTable? Read(string code)
    {
        if (IsMark(code)) return code.Length == Mark.Length + 16 && code.AsSpan(Mark.Length).IndexOfAnyExcept(s_hexadecimal) < 0 ? PointTable.Missing(code) : null;
        string[] parts = code.Length <= Longest ? code.Split('~') : [];
        if (parts.Length < 2 || parts[0].Length != 2 || parts[0][0] is < '1' or > '9' || parts[0][1] is not ('r' or (>= '2' and <= '8'))) return null;
        int columns = parts[0][0] - '0', classes = parts[0][1] == 'r' ? 0 : parts[0][1] - '0', width = (2 * columns) + (classes == 0 ? 2 : 1);
        string[] names = parts.Length == 2 ? [.. UsualNames(columns, classes)] : parts[2..];
        string data = parts[1];
        int rows = data.Length / width;
        if (names.Length != columns + classes || rows is < 1 or > PointTable.MostPoints || data.Length != rows * width) return null;
        float[] values = new float[rows * columns], labels = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<char> row = data.AsSpan(i * width, width);
            for (int c = 0; c < columns; c++)
            {
                if (LevelOf(row[(2 * c)..]) is not { } level) return null;
                values[(i * columns) + c] = FromLevel(level, PointTable.Reach);
            }

            if (classes == 0)
            {
                if (LevelOf(row[(2 * columns)..]) is not { } level) return null;
                labels[i] = FromLevel(level, 1);
            }
            else
            {
                labels[i] = row[^1] - '0';
                if (labels[i] < 0 || labels[i] >= classes) return null;
            }
        }

        return new PointTable([.. names.Take(columns)], [.. names.Skip(columns)], values, labels);
    }

    private static IEnumerable<string> UsualNames(int columns, int classes) =>
        (columns == 2 ? ["x", "y"] : Enumerable.Range(1, columns).Select(number => FormattableString.Invariant($"column {number}"))).Concat(PointTable.NamesOf(classes));

    private static void AppendLevel(StringBuilder text, int level) => text.Append(Letters[level >> 6]).Append(Letters[level & 63]);

    private static int? LevelOf(ReadOnlySpan<char> text)
    {
        int high = Letters.IndexOf(text[0], StringComparison.Ordinal), low = Letters.IndexOf(text[1], StringComparison.Ordinal), level = (high << 6) | low;
        return high < 0 || low < 0 || level >= Levels ? null : level;
    }

    // FNV-1a.
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 1099511628211;
        return hash;
    }
}
