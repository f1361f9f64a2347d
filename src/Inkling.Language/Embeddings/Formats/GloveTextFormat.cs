namespace Inkling.Language;

/// <summary>
/// Text as GloVe has it: a line for each word with its numbers, and no header. The first line tells the width; a word may hold blanks, as some of the
/// published files' do.
/// </summary>
public sealed class GloveTextFormat : IWordVectorFormat
{
    internal const string FormatName = "glove";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public string Summary => "text: a line for each word, no header (GloVe)";

    /// <inheritdoc/>
    public bool Recognises(string path, ReadOnlySpan<byte> start)
    {
        int end = start.IndexOf((byte)'\n');
        return TextRows.Looks(end < 0 ? start : start[..end], end >= 0 || start.Length < WordVectorFormats.PeekBytes, out _);
    }

    /// <inheritdoc/>
    public WordVectors Read(string path) => VectorFile.Read(path, scanner =>
    {
        WordVectorsBuilder? builder = null;
        int width = 0;
        while (scanner.TryLine(out ReadOnlySpan<byte> line))
        {
            if (line.TrimEnd(" \t"u8).IsEmpty) continue;
            if (builder is null)
            {
                if (!TextRows.Looks(line, whole: true, out width) || width > WordVectorsBuilder.MostWidth) throw new InvalidDataException("the first line is not a word and its numbers.");
                builder = new WordVectorsBuilder(width);
            }

            TextRows.Read(line, width, scanner.Lines, builder);
        }

        return builder?.Build() ?? throw new InvalidDataException("it holds no words.");
    });

    /// <inheritdoc/>
    public void Write(WordVectors vectors, string path)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        VectorFile.Write(path, stream => TextRows.Write(vectors, stream));
    }
}
