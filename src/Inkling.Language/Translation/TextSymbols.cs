namespace Inkling.Language;

/// <summary>
/// How text becomes the symbols of an <see cref="EncoderDecoder"/> and back: <see cref="PieceSymbols"/> for language, <see cref="CharacterSymbols"/> for short strings.
/// Symbols 0 and 1 are begin and end and stand for no text.
/// </summary>
public abstract class TextSymbols
{
    /// <summary>The number of symbols, begin and end included.</summary>
    public abstract int Count { get; }

    /// <summary>The symbols of a text, without begin and end; none of an empty one.</summary>
    /// <exception cref="ArgumentException">The text holds something that no symbol stands for; the message says what and where.</exception>
    public abstract int[] Encode(string text);

    /// <summary>The text of symbols; begin and end are left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such symbol.</exception>
    public abstract string Decode(IReadOnlyList<int> symbols);

    /// <summary>What a picture calls a symbol.</summary>
    public virtual string LabelOf(int symbol) => symbol switch { EncoderDecoder.Begin => "‹begin›", EncoderDecoder.End => "‹end›", _ => Decode([symbol]) };

    /// <summary>Writes them to a folder, so that <see cref="Load"/> finds them.</summary>
    /// <param name="folder">The folder; made if need be.</param>
    /// <param name="name">What the file is called, without its ending.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public abstract void Save(string folder, string name);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There are no symbols of this name in the folder.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static TextSymbols Load(string folder, string name)
    {
        string pieces = PieceSymbols.FileOf(folder, name), characters = CharacterSymbols.FileOf(folder, name);
        if (File.Exists(pieces)) return PieceSymbols.Read(pieces);
        if (File.Exists(characters)) return CharacterSymbols.Read(characters);
        throw new FileNotFoundException($"TextSymbols: '{folder}' has neither {Path.GetFileName(pieces)} nor {Path.GetFileName(characters)}. Is it the folder of a translator?", pieces);
    }
}
