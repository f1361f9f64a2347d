namespace Inkling.Language;

/// <summary>The formats of word vectors, and how one is told from another.</summary>
public static class WordVectorFormats
{
    /// <summary>How much of a file is looked at to recognise it.</summary>
    public const int PeekBytes = 65536;

    /// <summary>All formats, in the order in which they are tried.</summary>
    public static IReadOnlyList<IWordVectorFormat> All { get; } =
        [new QuantizedFolderFormat(), new RawRowsFormat(), new Word2VecTextFormat(), new Word2VecBinaryFormat(), new GloveTextFormat()];

    /// <summary>The format of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IWordVectorFormat Named(string name) => All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no format '{name}' of word vectors; there are {string.Join(", ", All.Select(one => one.Name))}");

    /// <summary>The format that a name asks for when it is written: <c>.bin</c> word2vec-binary, <c>.f32</c> rows, <c>.vec</c> word2vec-text, <c>.txt</c> glove, without an ending a folder.</summary>
    /// <exception cref="ArgumentException">The ending says nothing.</exception>
    public static IWordVectorFormat ForName(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        string? name = Path.GetExtension(plain).ToUpperInvariant() switch
        {
            ".BIN" => Word2VecBinaryFormat.FormatName,
            ".F32" => RawRowsFormat.FormatName,
            ".VEC" => Word2VecTextFormat.FormatName,
            ".TXT" => GloveTextFormat.FormatName,
            "" => QuantizedFolderFormat.FormatName,
            _ => null,
        };
        return name is not null ? Named(name) : throw new ArgumentException($"'{path}': the ending does not say how to write word vectors; take .bin, .vec, .txt or .f32, no ending for a folder, or name a format.");
    }

    /// <summary>The format of a file.</summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="InvalidDataException">No format fits.</exception>
    public static IWordVectorFormat Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool folder = Directory.Exists(path);
        if (!folder && !File.Exists(path)) throw new FileNotFoundException($"there are no word vectors at '{path}': there is no such file or folder.", path);
        byte[] start = folder ? [] : VectorFile.Start(path, PeekBytes);
        return All.FirstOrDefault(format => format.Recognises(path, start)) ?? throw new InvalidDataException(
            folder ? $"'{path}' is no folder of word vectors: it has no {QuantizedFolderFormat.Config} that says so." :
            start.Length == 0 ? $"'{path}' is empty." :
            $"'{path}' holds no word vectors of a known format: neither 'count width' in the first line (word2vec) nor a word and its numbers (GloVe), nor rows with a list of words beside them.");
    }

    /// <summary>Reads a file of any format.</summary>
    /// <exception cref="FileNotFoundException">There is nothing of that name.</exception>
    /// <exception cref="InvalidDataException">No format fits, or it is damaged.</exception>
    public static WordVectors Read(string path) => Of(path).Read(path);
}
