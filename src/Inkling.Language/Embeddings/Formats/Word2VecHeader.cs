using System.Buffers.Text;
using System.Text;

namespace Inkling.Language;

/// <summary>The first line of a word2vec file, text or binary: how many words there are and how wide their rows.</summary>
/// <param name="Count">V.</param>
/// <param name="Width">E.</param>
internal readonly record struct Word2VecHeader(int Count, int Width)
{
    private const int LongestHeader = 64;

    /// <summary>Whether a file begins with two whole numbers in a line of their own, and where the next line begins.</summary>
    public static bool Looks(ReadOnlySpan<byte> start, out int next)
    {
        next = start[..int.Min(start.Length, LongestHeader)].IndexOf((byte)'\n') + 1;
        if (next == 0) return false;
        ReadOnlySpan<byte> line = start[..(next - 1)].TrimEnd(" \r"u8);
        int space = line.IndexOf((byte)' ');
        return space > 0 && IsInteger(line[..space]) && IsInteger(line[(space + 1)..]);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is missing or cannot be true.</exception>
    public static Word2VecHeader Read(ByteScanner scanner)
    {
        if (!scanner.TryLine(out ReadOnlySpan<byte> line)) throw new InvalidDataException("it is empty.");
        ReadOnlySpan<byte> rest = line;
        if (!WordVectorsBuilder.TryNumber(ref rest, out ReadOnlySpan<byte> words) || !WordVectorsBuilder.TryNumber(ref rest, out ReadOnlySpan<byte> numbers) || !rest.Trim((byte)' ').IsEmpty
            || !Utf8Parser.TryParse(words, out long count, out int used) || used != words.Length || !Utf8Parser.TryParse(numbers, out long width, out used) || used != numbers.Length)
            throw new InvalidDataException($"the first line, '{Encoding.UTF8.GetString(line[..int.Min(line.Length, 40)])}', is not the number of words and of numbers for each.");
        if (count is < 1 or > int.MaxValue || width is < 1 or > WordVectorsBuilder.MostWidth || count * width > WordVectors.MostValues)
            throw new InvalidDataException($"the first line claims {count} words of {width} numbers, which cannot be: 1 word or more, 1 to {WordVectorsBuilder.MostWidth} numbers for each, {WordVectors.MostValues} numbers in all.");
        return new Word2VecHeader((int)count, (int)width);
    }

    /// <summary>Writes it.</summary>
    public static void Write(WordVectors vectors, Stream stream) => stream.Write(Encoding.ASCII.GetBytes($"{vectors.Count} {vectors.Width}\n"));

    private static bool IsInteger(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-', ..]) text = text[1..];
        return !text.IsEmpty && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }
}
