using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Inkling.Language;

/// <summary>
/// The binary form of word2vec: a line with the number of words and the width, then for each word its letters, a blank and its numbers, little-endian
/// 32 bits each; an end of line behind them, as the original writes it, may be there or not.
/// </summary>
public sealed class Word2VecBinaryFormat : IWordVectorFormat
{
    internal const string FormatName = "word2vec-binary";

    private const int LongestWord = 4096;

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string Summary => "binary: a line 'words width', then each word with its 32-bit numbers (word2vec, gensim)";

    /// <inheritdoc/>
    public bool Recognises(string path, ReadOnlySpan<byte> start) => Word2VecHeader.Looks(start, out _);

    /// <inheritdoc/>
    public WordVectors Read(string path) => VectorFile.Read(path, scanner =>
    {
        Word2VecHeader header = Word2VecHeader.Read(scanner);
        WordVectorsBuilder builder = new(header.Width);
        for (int i = 0; i < header.Count; i++)
        {
            if (i > 0) scanner.Skip((byte)'\n');
            if (!scanner.TryUntil((byte)' ', LongestWord, out ReadOnlySpan<byte> word)) throw new InvalidDataException($"it ends after {i} of the {header.Count} words that the first line claims. Copy it again.");
            string place = $"word {i + 1}";
            Span<float> row = builder.Add(word, place);
            if (scanner.Fill(MemoryMarshal.AsBytes(row)) < row.Length * sizeof(float)) throw new InvalidDataException($"it ends in the numbers of {place}, of {header.Count}. Copy it again.");
            if (!BitConverter.IsLittleEndian) Reverse(row);
            if (row.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) throw new InvalidDataException($"{place} has a number that is not finite.");
        }

        scanner.Skip((byte)'\n');
        Span<byte> more = stackalloc byte[1];
        return scanner.Fill(more) == 0 ? builder.Build() : throw new InvalidDataException($"more follows behind the {header.Count} words that the first line claims.");
    });

    /// <inheritdoc/>
    public void Write(WordVectors vectors, string path)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        VectorFile.Write(path, stream =>
        {
            Word2VecHeader.Write(vectors, stream);
            float[] row = new float[vectors.Width];
            for (int i = 0; i < vectors.Count; i++)
            {
                vectors[i].CopyTo(row);
                if (!BitConverter.IsLittleEndian) Reverse(row);
                stream.Write(Encoding.UTF8.GetBytes(TextRows.Checked(vectors.Words[i]) + " "));
                stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
                stream.WriteByte((byte)'\n');
            }
        });
    }

    private static void Reverse(Span<float> row) => BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(row), MemoryMarshal.Cast<float, int>(row));
}
