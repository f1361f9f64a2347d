using System.Text;

namespace Inkling.Text;

/// <summary>
/// The characters of a text and their numbers, in the order of their code points, for models that read character by character. A character is a Unicode
/// scalar value; half a surrogate pair counts as U+FFFD.
/// </summary>
public sealed class CharacterVocabulary
{
    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _ids;

    /// <summary>Takes characters in the order of their numbers, such as <see cref="Characters"/> of another vocabulary.</summary>
    /// <param name="characters">Each once; number 0 comes first.</param>
    /// <exception cref="ArgumentException">There are none, or one is there twice.</exception>
    public CharacterVocabulary(string characters)
    {
        ArgumentException.ThrowIfNullOrEmpty(characters);
        _characters = [.. characters.EnumerateRunes()];
        _ids = new Dictionary<Rune, int>(_characters.Length);
        foreach (Rune character in _characters)
        {
            if (!_ids.TryAdd(character, _ids.Count)) throw new ArgumentException($"CharacterVocabulary: {Name(character)} is there twice, as {_ids[character]} and as {_ids.Count}.", nameof(characters));
        }

        Characters = Decode([.. Enumerable.Range(0, _characters.Length)]);
    }

    /// <summary>All characters in the order of their numbers: what to keep with a model.</summary>
    public string Characters { get; }

    /// <summary>The number of characters.</summary>
    public int Count => _characters.Length;

    /// <summary>The characters that occur in a text.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static CharacterVocabulary Of(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        HashSet<Rune> characters = [];
        foreach (Rune character in text.EnumerateRunes()) characters.Add(character);
        return new CharacterVocabulary(string.Concat(characters.Order()));
    }

    /// <summary>The number of a character, or -1.</summary>
    public int IdOf(Rune character) => _ids.GetValueOrDefault(character, -1);

    /// <summary>The numbers of a text's characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="skipUnknown">Whether characters that are not here are left out. Default: no, they are an error.</param>
    /// <exception cref="ArgumentException">A character is not here.</exception>
    public int[] Encode(ReadOnlySpan<char> text, bool skipUnknown = false)
    {
        int[] ids = new int[text.Length];
        int count = 0, place = 0;
        foreach (Rune character in text.EnumerateRunes())
        {
            int id = IdOf(character);
            if (id >= 0) ids[count++] = id;
            else if (!skipUnknown) throw new ArgumentException($"CharacterVocabulary.Encode: {Name(character)}, character {place} of the text, is not among the {Count} characters. Make the vocabulary of all texts, or skip what is unknown.", nameof(text));
            place++;
        }

        return count == ids.Length ? ids : ids[..count];
    }

    /// <summary>The text of numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        StringBuilder text = new(ids.Length);
        Span<char> units = stackalloc char[2];
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)_characters.Length) throw new ArgumentOutOfRangeException(nameof(ids), id, $"CharacterVocabulary: there are characters 0 to {_characters.Length - 1}.");
            text.Append(units[.._characters[id].EncodeToUtf16(units)]);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => $"CharacterVocabulary({Count} characters)";

    private static string Name(Rune character) => Rune.IsControl(character) ? $"U+{character.Value:X4}" : $"'{character}' (U+{character.Value:X4})";
}
