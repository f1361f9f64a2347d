namespace Inkling.Language;

/// <summary>One way in which files hold word vectors. To add one, add a class beside this and a line to <see cref="WordVectorFormats"/>.</summary>
public interface IWordVectorFormat
{
    /// <summary>What the format is called on the command line, such as <c>word2vec-text</c>.</summary>
    string Name { get; }

    /// <summary>One line that says what the file looks like.</summary>
    string Summary { get; }

    /// <summary>Whether a file is of this format.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="start">The first bytes of the file, unpacked, at most <see cref="WordVectorFormats.PeekBytes"/>; none of a folder.</param>
    bool Recognises(string path, ReadOnlySpan<byte> start);

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file, plain or packed with gzip, or the folder.</param>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">It is damaged; the message says where.</exception>
    WordVectors Read(string path);

    /// <summary>Sees to it that writing would overwrite nothing but vectors; to be asked before vectors are made for hours.</summary>
    /// <param name="path">The file or folder that is to be written.</param>
    /// <exception cref="IOException">Something else is there; the message says what.</exception>
    void CheckTarget(string path)
    {
    }

    /// <summary>Writes a table to a temporary name and renames it over what was there; packed with gzip if the name ends in <c>.gz</c>.</summary>
    /// <param name="vectors">The table.</param>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="ArgumentException">A word cannot be written in this format; the message says which.</exception>
    /// <exception cref="IOException">It cannot be written; what was there is unchanged.</exception>
    void Write(WordVectors vectors, string path);
}
