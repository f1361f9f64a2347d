using System.Buffers;

namespace Inkling.Mail;

/// <summary>A growing run of characters in pooled memory; the normaliser's passes write into one and read from another.</summary>
internal ref struct TextBuffer(int capacity)
{
    private char[] _characters = ArrayPool<char>.Shared.Rent(Math.Max(capacity, 64));

    /// <summary>Characters written so far. May be lowered to take some back.</summary>
    public int Length { get; set; }

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    /// <summary>The character at a position, which may be overwritten.</summary>
    public readonly ref char this[int index] => ref _characters[index];

    public void Append(char character)
    {
        if (Length == _characters.Length)
            Grow(1);
        _characters[Length++] = character;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - Length)
            Grow(text.Length);
        text.CopyTo(_characters.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Gives the memory back; the buffer must not be used afterwards.</summary>
    public readonly void Dispose() => ArrayPool<char>.Shared.Return(_characters);

    private void Grow(int more)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_characters.Length * 2, Length + more));
        _characters.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}
