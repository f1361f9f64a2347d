namespace Inkling.Language;

/// <summary>
/// Text as word2vec, gensim and fastText (<c>.vec</c>) write it: a line with the number of words and the width, then a line for each word with its numbers.
/// </summary>
public sealed class Word2VecTextFormat : IWordVectorFormat
{
    internal const string FormatName = "word2vec-text";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string Summary => "text: a line 'words width', then a line for each word (word2vec, gensim, fastText .vec)";

    /// <inheritdoc/>
    public bool Recognises(string path, ReadOnlySpan<byte> start)
    {
        if (!Word2VecHeader.Looks(start, out int next)) return false;
        ReadOnlySpan<byte> rest = start[next..];
        int end = rest.IndexOf((byte)'\n');
        return rest.IsEmpty || TextRows.Looks(end < 0 ? rest : rest[..end], end >= 0 || start.Length < WordVectorFormats.PeekBytes, out _);
    }

    /// <inheritdoc/>
    public WordVectors Read(string path) => VectorFile.Read(path, scanner =>
    {
        Word2VecHeader header = Word2VecHeader.Read(scanner);
        WordVectorsBuilder builder = new(header.Width);
        while (scanner.TryLine(out ReadOnlySpan<byte> line))
        {
            if (line.TrimEnd(" \t"u8).IsEmpty) continue;
            if (builder.Count == header.Count) throw new InvalidDataException($"line {scanner.Lines} is one more than the {header.Count} words that the first line claims.");
            TextRows.Read(line, header.Width, scanner.Lines, builder);
        }

        return builder.Count == header.Count ? builder.Build() : throw new InvalidDataException($"it ends after {builder.Count} of the {header.Count} words that the first line claims. Copy it again.");
    });

    /// <inheritdoc/>
    public void Write(WordVectors vectors, string path)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        VectorFile.Write(path, stream =>
        {
            Word2VecHeader.Write(vectors, stream);
            TextRows.Write(vectors, stream);
        });
    }
}
