namespace Inkling.Text;

/// <summary>
/// The printable alphabet in which <c>tokenizer.json</c> writes bytes: each of the 256 byte values has one character. Printable Latin-1 bytes
/// stand for themselves; the 68 others take U+0100, U+0101 … in byte order (Radford et al. 2019, GPT-2; Hugging Face "ByteLevel").
/// </summary>
internal static class ByteAlphabet
{
    /// <summary>The number of characters of the alphabet above U+00FF.</summary>
    private const int Shifted = 68;

    private static readonly char[] s_characters = BuildCharacters();
    private static readonly short[] s_bytes = BuildBytes();

    /// <summary>The character that stands for a byte.</summary>
    public static char Character(byte value) => s_characters[value];

    /// <summary>The byte that a character stands for, or −1 when the character is not of the alphabet.</summary>
    public static int Byte(int character) => (uint)character < (uint)s_bytes.Length ? s_bytes[character] : -1;

    /// <summary>Writes bytes as characters of the alphabet.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        var spelled = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
            spelled[i] = s_characters[bytes[i]];
        return new string(spelled);
    }

    /// <summary>
    /// Reads the UTF-8 form of a piece in the alphabet back into its bytes, in place: the bytes of the piece come out at the start of
    /// <paramref name="utf8"/>. Characters of the alphabet take one or two bytes of UTF-8, so there is always room.
    /// </summary>
    /// <returns>The number of bytes of the piece, or −1 when a character is not of the alphabet.</returns>
    public static int Read(Span<byte> utf8)
    {
        int length = 0;
        for (int i = 0; i < utf8.Length; i++)
        {
            int character = utf8[i];
            if (character >= 0x80)
            {
                if (character is < 0xC2 or > 0xDF || i + 1 >= utf8.Length)
                    return -1;
                character = (character & 0x1F) << 6 | utf8[++i] & 0x3F;
            }
            int value = Byte(character);
            if (value < 0)
                return -1;
            utf8[length++] = (byte)value;
        }
        return length;
    }

    private static bool StandsForItself(int value) => value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;

    private static char[] BuildCharacters()
    {
        var characters = new char[256];
        int next = 0x100;
        for (int value = 0; value < 256; value++)
            characters[value] = (char)(StandsForItself(value) ? value : next++);
        return characters;
    }

    private static short[] BuildBytes()
    {
        var bytes = new short[0x100 + Shifted];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
            bytes[s_characters[value]] = (short)value;
        return bytes;
    }
}
