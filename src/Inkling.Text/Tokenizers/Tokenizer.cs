using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Inkling.Text;

/// <summary>
/// A byte-level byte-pair-encoding tokenizer: text to the ids of pieces and back. Immutable and safe to share between threads.
/// </summary>
/// <remarks>
/// <para>
/// Text is cut at special tokens, then into words (letters, numbers, punctuation or white space, the first three with one leading space;
/// a word never spans a line break), and the UTF-8 bytes of each word merge into pieces (Sennrich et al. 2016; Radford et al. 2019). Since
/// every byte is a piece, any text encodes, and <c>Decode(Encode(text))</c> gives the text back exactly, with one exception: a lone
/// surrogate, which no UTF-8 can carry, becomes U+FFFD first.
/// </para>
/// <para>
/// The file format is <c>tokenizer.json</c> of Hugging Face; other readers of that file give the same ids. Ids run from 0 to
/// <see cref="VocabularySize"/> − 1 without gaps.
/// </para>
/// </remarks>
public sealed partial class Tokenizer
{
    private readonly PieceTable _pieces;
    private readonly MergeTable _merges;
    private readonly SpecialTokens _specials;
    private readonly BytePairEncoder _encoder;
    private PieceTrie? _trie;

    internal Tokenizer(PieceTable pieces, MergeTable merges, SpecialTokens specials)
    {
        (_pieces, _merges, _specials) = (pieces, merges, specials);
        _encoder = new BytePairEncoder(pieces, merges);
    }

    /// <summary>The number of ids, special tokens included.</summary>
    public int VocabularySize => _pieces.Count;

    /// <summary>The special tokens in the order of the file, as they stand in text.</summary>
    public IEnumerable<string> SpecialTokens => _specials.InOrder.Select(token => token.Content);

    /// <summary>The pieces ordered by their bytes, to find those that continue or begin given bytes. Built at the first use.</summary>
    public PieceTrie Pieces => _trie ??= new PieceTrie(this);

    /// <summary>The merges in order of precedence.</summary>
    internal IReadOnlyList<Merge> Merges => _merges.Merges;

    /// <summary>Reads a tokenizer from a <c>tokenizer.json</c>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or describes a tokenizer of another kind. The message names the file, the place and the remedy.
    /// </exception>
    public static Tokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TokenizerReader.Read(path);
    }

    /// <summary>Writes the tokenizer as a <c>tokenizer.json</c>; a file already there is replaced only once the new one is complete.</summary>
    /// <exception cref="IOException">The file cannot be written; what was there is untouched.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TokenizerWriter.Write(path, _pieces, _merges, _specials);
    }

    /// <summary>The bytes of a piece, part of some text in UTF-8; a piece may end inside a character. Empty for a special token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public ReadOnlySpan<byte> Bytes(int id)
    {
        CheckId(id, nameof(Bytes));
        return _pieces[id];
    }

    /// <summary>The id of a special token, such as <c>&lt;s&gt;</c>, or null when the vocabulary has none of that name.</summary>
    public int? Id(string special)
    {
        ArgumentNullException.ThrowIfNull(special);
        return _specials.Id(special);
    }

    /// <summary>The id of the piece that has exactly these bytes, or null.</summary>
    public int? Id(ReadOnlySpan<byte> bytes) => _pieces.Find(bytes) is >= 0 and int id ? id : null;

    /// <summary>Whether an id is that of a special token.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such id.</exception>
    public bool IsSpecial(int id)
    {
        CheckId(id, nameof(IsSpecial));
        return _specials.Content(id) is not null;
    }

    [StackTraceHidden]
    private void CheckId(int id, string operation)
    {
        if ((uint)id >= (uint)VocabularySize)
            ThrowNoSuchId(id, operation);
    }

    [DoesNotReturn, StackTraceHidden]
    private void ThrowNoSuchId(int id, string operation) => throw new ArgumentOutOfRangeException(
        nameof(id),
        id,
        $"Tokenizer.{operation}: there is no id {id}; this vocabulary has {VocabularySize} (0 to {VocabularySize - 1}). Do the ids come from another tokenizer?");
}
