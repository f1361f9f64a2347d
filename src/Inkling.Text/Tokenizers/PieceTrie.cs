namespace Inkling.Text;

/// <summary>
/// The pieces of a vocabulary in the order of their bytes. Finds the pieces that continue given bytes, and the pieces that begin them: what
/// a decoder needs that must first produce the letters already typed, whichever way they are cut into pieces. Special tokens are not in it.
/// </summary>
/// <remarks>
/// To finish a word of which the bytes <c>p</c> are typed, the next piece is either one of <see cref="StartingWith"/>(p), which ends the
/// constraint, or one of <see cref="BeginningOf"/>(p), which leaves the rest of p to the pieces after it.
/// </remarks>
public sealed class PieceTrie
{
    private readonly Tokenizer _tokenizer;
    private readonly int[] _ordered;    // ids by bytes, shorter before longer
    private readonly int _longest;

    internal PieceTrie(Tokenizer tokenizer)
    {
        _tokenizer = tokenizer;
        var ids = new List<int>(tokenizer.VocabularySize);
        for (int id = 0; id < tokenizer.VocabularySize; id++)
        {
            _longest = Math.Max(_longest, tokenizer.Bytes(id).Length);
            if (!tokenizer.Bytes(id).IsEmpty)
                ids.Add(id);
        }
        _ordered = [.. ids];
        var heads = new ulong[tokenizer.VocabularySize];
        foreach (int id in _ordered)
            heads[id] = Head(tokenizer.Bytes(id));
        Array.Sort(_ordered, (a, b) => heads[a] != heads[b] ? heads[a].CompareTo(heads[b]) : tokenizer.Bytes(a).SequenceCompareTo(tokenizer.Bytes(b)));
    }

    /// <summary>The first eight bytes as a number that sorts as they do.</summary>
    private static ulong Head(ReadOnlySpan<byte> bytes)
    {
        ulong head = 0;
        for (int i = 0; i < 8; i++)
            head = head << 8 | (i < bytes.Length ? bytes[i] : 0u);
        return head;
    }

    /// <summary>The number of bytes of the longest piece.</summary>
    public int LongestPiece => _longest;

    /// <summary>
    /// The ids of all pieces whose bytes begin with <paramref name="prefix"/>, the prefix itself included when it is a piece (then it comes
    /// first), in the order of their bytes. All pieces for an empty prefix. Allocates nothing.
    /// </summary>
    public ReadOnlySpan<int> StartingWith(ReadOnlySpan<byte> prefix)
    {
        int first = LowerBound(prefix, afterPrefix: false);
        int end = LowerBound(prefix, afterPrefix: true);
        return _ordered.AsSpan(first, end - first);
    }

    /// <summary>
    /// Finds the pieces with which <paramref name="bytes"/> begins and that are shorter than it, shortest first. Allocates nothing.
    /// </summary>
    /// <param name="bytes">The bytes to begin.</param>
    /// <param name="into">Receives the ids; room for one less than the smaller of the length of bytes and <see cref="LongestPiece"/> + 1 is enough.</param>
    /// <returns>The number of ids written.</returns>
    /// <exception cref="ArgumentException">There is not enough room.</exception>
    public int BeginningOf(ReadOnlySpan<byte> bytes, Span<int> into)
    {
        int count = 0;
        for (int length = 1; length < bytes.Length && length <= _longest; length++)
        {
            if (_tokenizer.Id(bytes[..length]) is not { } id)
                continue;
            if (count == into.Length)
                throw new ArgumentException(
                    $"PieceTrie.BeginningOf: more than {into.Length} pieces begin these {bytes.Length} bytes. Give room for {Math.Min(bytes.Length - 1, _longest)}.",
                    nameof(into));
            into[count++] = id;
        }
        return count;
    }

    /// <summary>
    /// Sets the entries of all pieces that begin with <paramref name="prefix"/> or with which it begins: the pieces that may come next while
    /// <paramref name="prefix"/> must still be produced. Clears all others, those of special tokens too.
    /// </summary>
    /// <param name="prefix">The bytes that must come.</param>
    /// <param name="allowed">One entry an id, [<see cref="Tokenizer.VocabularySize"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="allowed"/> has another length.</exception>
    public void Mask(ReadOnlySpan<byte> prefix, Span<bool> allowed)
    {
        if (allowed.Length != _tokenizer.VocabularySize)
            throw new ArgumentException(
                $"PieceTrie.Mask: the mask has {allowed.Length} entries, the vocabulary {_tokenizer.VocabularySize}. Give one entry an id.",
                nameof(allowed));
        allowed.Clear();
        foreach (int id in StartingWith(prefix))
            allowed[id] = true;
        for (int length = 1; length < prefix.Length && length <= _longest; length++)
        {
            if (_tokenizer.Id(prefix[..length]) is { } id)
                allowed[id] = true;
        }
    }

    /// <summary>The first place whose piece is not before the prefix, or (<paramref name="afterPrefix"/>) that is past all that begin with it.</summary>
    private int LowerBound(ReadOnlySpan<byte> prefix, bool afterPrefix)
    {
        int low = 0, high = _ordered.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            ReadOnlySpan<byte> piece = _tokenizer.Bytes(_ordered[middle]);
            ReadOnlySpan<byte> head = piece[..Math.Min(piece.Length, prefix.Length)];
            int order = head.SequenceCompareTo(prefix);
            if (order < 0 || afterPrefix && order == 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
