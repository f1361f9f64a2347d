using System.Text;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>What the search has to know of every piece of a vocabulary: does it end the word before it, may it be suggested.</summary>
internal sealed class PieceClasses
{
    /// <summary>Characters with which a suggestion may end besides letters: ends of phrases and sentences, closing marks.</summary>
    private const string Closers = ".,!?;:)\"”…";

    private readonly int[] _enders;          // ids of the pieces that end the word before them
    private readonly bool[] _suggestible;    // [V]

    public PieceClasses(Tokenizer tokenizer)
    {
        var enders = new List<int>(tokenizer.VocabularySize);
        _suggestible = new bool[tokenizer.VocabularySize];
        for (var id = 0; id < tokenizer.VocabularySize; id++)
        {
            ReadOnlySpan<byte> piece = tokenizer.Bytes(id);
            if (EndsWord(piece))
                enders.Add(id);
            _suggestible[id] = IsSuggestible(piece);
        }
        _enders = [.. enders];
    }

    /// <summary>The probability that the next piece, coming after a letter, ends the word; a special token always does.</summary>
    /// <param name="probabilities">[V] of the next piece.</param>
    public double EndProbability(ReadOnlySpan<float> probabilities)
    {
        var sum = 0.0;
        foreach (var id in _enders)
            sum += probabilities[id];
        return Math.Min(1, sum);
    }

    /// <summary>Whether the piece may stand in a suggestion.</summary>
    public bool Suggestible(int id) => _suggestible[id];

    /// <summary>Whether bytes may stand in a suggestion: no line breaks, no control characters, no digits (they are never ours to guess). Empty bytes: no.</summary>
    public static bool IsSuggestible(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b < 0x20 || b == 0x7F || b is >= (byte)'0' and <= (byte)'9')
                return false;
        }
        return !bytes.IsEmpty;
    }

    /// <summary>Whether text may end here as far as its last character goes, and whether that depends on what comes next.</summary>
    /// <returns><c>Open</c>: a letter, the word may go on. <c>Closed</c>: a natural end whatever comes. <c>None</c>: no place to end.</returns>
    public static TextEnd EndOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !System.Text.Unicode.Utf8.IsValid(text) || Rune.DecodeLastFromUtf8(text, out var last, out _) != System.Buffers.OperationStatus.Done)
            return TextEnd.None;
        if (Rune.IsLetterOrDigit(last) || IsMark(last))
            return TextEnd.Open;
        return last.IsBmp && Closers.Contains((char)last.Value) ? TextEnd.Closed : TextEnd.None;
    }

    /// <summary>Whether a sentence ends with this text.</summary>
    public static bool EndsSentence(ReadOnlySpan<byte> text) => !text.IsEmpty && text[^1] is (byte)'.' or (byte)'!' or (byte)'?';

    private static bool EndsWord(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
            return true;
        if (Rune.DecodeFromUtf8(piece, out var first, out var length) != System.Buffers.OperationStatus.Done)
            return false; // begins inside a character, or ends inside its first: the word goes on, or nobody knows yet
        if (first.Value is '\'' or '’')
            return length < piece.Length && Rune.DecodeFromUtf8(piece[length..], out var next, out _) == System.Buffers.OperationStatus.Done
                && !Rune.IsLetter(next);
        return !Rune.IsLetterOrDigit(first) && !IsMark(first);
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark or
        System.Globalization.UnicodeCategory.EnclosingMark;
}

/// <summary>Whether a suggestion may end with a text.</summary>
internal enum TextEnd
{
    /// <summary>Not a place to end: white space, an opening mark, a hyphen, half a character.</summary>
    None,

    /// <summary>A letter: an end if the word does not go on.</summary>
    Open,

    /// <summary>A natural end whatever comes next.</summary>
    Closed,
}
