using System.Buffers;
using System.Globalization;
using System.Text;

namespace Inkling.Language;

/// <summary>Rows of text: a word, then its numbers, separated by single spaces.</summary>
internal static class TextRows
{
    private static readonly SearchValues<byte> s_numeral = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Whether a line begins with a word and numbers; <paramref name="line"/> may be cut short.</summary>
    public static bool Looks(ReadOnlySpan<byte> line, bool whole, out int width)
    {
        width = 0;
        if (!whole) line = line[..int.Max(0, line.LastIndexOf((byte)' '))];
        ReadOnlySpan<byte> rest = line.TrimEnd(" \r"u8);
        if (!WordVectorsBuilder.TryNumber(ref rest, out _)) return false;
        while (WordVectorsBuilder.TryNumber(ref rest, out ReadOnlySpan<byte> piece))
        {
            if (IsNumber(piece)) width++;
            else if (width > 0) return false;
        }

        return width > 0;
    }

    /// <summary>Reads one line: what stands before the last <paramref name="width"/> pieces is the word, blanks in it included.</summary>
    public static void Read(ReadOnlySpan<byte> line, int width, int number, WordVectorsBuilder into)
    {
        line = line.TrimEnd(" \t"u8);
        int at = line.Length, pieces = 0;
        while (pieces < width && at > 0)
        {
            int blank = line[..at].LastIndexOfAny((byte)' ', (byte)'\t');
            if (blank <= 0) break;
            at = line[..blank].TrimEnd(" \t"u8).Length;
            pieces++;
        }

        if (pieces < width) throw new InvalidDataException($"line {number} has {pieces} numbers in place of {width}.");
        into.AddText(line[..at], line[at..], number);
    }

    /// <summary>Writes all rows; numbers in the shortest form that reads back the same.</summary>
    public static void Write(WordVectors vectors, Stream stream)
    {
        StringBuilder line = new();
        for (int i = 0; i < vectors.Count; i++)
        {
            line.Clear().Append(Checked(vectors.Words[i]));
            foreach (float value in vectors[i]) line.Append(CultureInfo.InvariantCulture, $" {value:R}");
            stream.Write(Encoding.UTF8.GetBytes(line.Append('\n').ToString()));
        }
    }

    /// <summary>A word that these formats can hold.</summary>
    /// <exception cref="ArgumentException">It holds a blank or the end of a line.</exception>
    public static string Checked(string word) => word.AsSpan().ContainsAny(" \t\r\n")
        ? throw new ArgumentException($"the word '{word}' holds a blank, with which this format ends a word; put _ in its place, or write a folder or rows with a list of words.")
        : word;

    private static bool IsNumber(ReadOnlySpan<byte> piece) => !piece.ContainsAnyExcept(s_numeral) && piece.ContainsAnyInRange((byte)'0', (byte)'9')
        || piece.SequenceEqual("nan"u8) || piece.SequenceEqual("NaN"u8) || piece.SequenceEqual("inf"u8) || piece.SequenceEqual("-inf"u8);
}
