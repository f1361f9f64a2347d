namespace Inkling.Language;

/// <summary>A text that may come next, found by a <see cref="ContinuationSearch"/>. Its bytes lie in the workspace until the next search.</summary>
public readonly struct Continuation
{
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _length;

    internal Continuation(byte[] bytes, int start, int length, int words, double probability)
    {
        (_bytes, _start, _length) = (bytes, start, length);
        Words = words;
        Probability = probability;
    }

    /// <summary>The text after the caret, UTF-8.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(_start, _length);

    /// <summary>Words in it; the rest of an unfinished word counts as one.</summary>
    public int Words { get; }

    /// <summary>The model's probability that exactly this comes next and, after a letter, that the word ends there; given the typed letters.</summary>
    public double Probability { get; }

    internal Continuation Plus(double probability) => new(_bytes, _start, _length, Words, Probability + probability);
}
