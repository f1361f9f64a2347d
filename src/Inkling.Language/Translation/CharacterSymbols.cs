using System.Text;
using Inkling.Nn.Checkpoints;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>Characters (Unicode code points) as symbols, those that a set of texts has.</summary>
public sealed class CharacterSymbols : TextSymbols
{
    private const string BeginWord = "<s>", EndWord = "</s>"; // more than one character each, so none of a text's

    private readonly Vocabulary _characters;

    private CharacterSymbols(Vocabulary characters) => _characters = characters;

    /// <inheritdoc/>
    public override int Count => _characters.Count;

    /// <summary>Takes all characters that texts have, the most frequent first.</summary>
    /// <exception cref="ArgumentException">A text holds an end of line, or there is no text.</exception>
    public static CharacterSymbols Of(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Vocabulary characters = Vocabulary.Of(texts.SelectMany(Split), [BeginWord, EndWord]);
        if (characters.Count < 3) throw new ArgumentException("CharacterSymbols: the texts have no characters.", nameof(texts));
        return new CharacterSymbols(characters);
    }

    /// <inheritdoc/>
    public override int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> symbols = new(text.Length);
        int place = 0;
        foreach (string character in Split(text))
        {
            int symbol = _characters.IdOf(character);
            if (symbol < 0)
                throw new ArgumentException($"CharacterSymbols: '{character}' (U+{Rune.GetRuneAt(character, 0).Value:X4}) at place {place} of “{Shown(text)}” is none of the {Count - 2} characters that were learnt. Leave it out, or learn from texts that have it.", nameof(text));
            symbols.Add(symbol);
            place += character.Length;
        }

        return [.. symbols];
    }

    /// <inheritdoc/>
    public override string Decode(IReadOnlyList<int> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        StringBuilder text = new(symbols.Count);
        foreach (int symbol in symbols)
        {
            string word = _characters.WordOf(symbol);
            if (symbol > EncoderDecoder.End) text.Append(word);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override void Save(string folder, string name) => AtomicFile.Write(FileOf(folder, name), _characters.Write);

    internal static string FileOf(string folder, string name) => Path.Combine(folder, name + ".characters.txt");

    internal static CharacterSymbols Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Vocabulary characters = Vocabulary.Read(stream);
        if (characters.Count < 3 || characters.WordOf(EncoderDecoder.Begin) != BeginWord || characters.WordOf(EncoderDecoder.End) != EndWord)
            throw new InvalidDataException($"'{path}' is no list of a translator's characters: it must begin with {BeginWord} and {EndWord}, each on a line, and have a character on each other line.");
        return new CharacterSymbols(characters);
    }

    private static IEnumerable<string> Split(string text) => text.EnumerateRunes().Select(rune => rune.ToString());

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
