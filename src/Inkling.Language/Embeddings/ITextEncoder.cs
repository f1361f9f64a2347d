namespace Inkling.Language;

/// <summary>
/// Turns texts into vectors whose cosines tell how alike they are in meaning. Implementations keep no state between calls and may be called from many
/// threads at once.
/// </summary>
public interface ITextEncoder
{
    /// <summary>What tells vectors of this encoder from those of others: a vector is comparable only with vectors of the same name.</summary>
    string Name { get; }

    /// <summary>How many numbers a vector has, E.</summary>
    int Dimensions { get; }

    /// <summary>Writes the vector of a text, of length 1; all zeros if nothing of the text is known.</summary>
    /// <param name="text">The text, of any length, also empty.</param>
    /// <param name="vector">Room for the vector, <c>[E]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="vector"/> is not of <see cref="Dimensions"/> numbers.</exception>
    void Encode(ReadOnlySpan<char> text, Span<float> vector);
}
