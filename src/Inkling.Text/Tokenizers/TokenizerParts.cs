using System.Text.Json;

namespace Inkling.Text;

/// <summary>What has been read of a <c>tokenizer.json</c>, and its assembly into a tokenizer. All text lies in one block.</summary>
internal sealed class TokenizerParts
{
    private byte[] _text = new byte[1 << 18];
    private int _length;
    private readonly List<int> _vocabulary = [];    // start, length and id of each piece
    private readonly List<int> _merges = [];        // start and length of each merge
    private readonly List<SpecialToken> _specials = [];

    /// <summary>Appends the string the reader stands at (or the next one), unescaped, and returns where it begins.</summary>
    public int AppendText(ref Utf8JsonReader reader, bool next = false)
    {
        if (next && (!reader.Read() || reader.TokenType != JsonTokenType.String))
            throw new FormatException("a merge is not two strings");
        Reserve(reader.ValueSpan.Length);
        int start = _length;
        _length += reader.CopyString(_text.AsSpan(start));
        return start;
    }

    public void AppendSpace()
    {
        Reserve(1);
        _text[_length++] = (byte)' ';
    }

    public void AddPiece(int start, int id)
    {
        _vocabulary.Add(start);
        _vocabulary.Add(_length - start);
        _vocabulary.Add(id);
    }

    public void AddMerge(int start)
    {
        _merges.Add(start);
        _merges.Add(_length - start);
    }

    public void AddSpecial(string content, int id) => _specials.Add(new SpecialToken(content, id));

    /// <summary>Puts the parts together.</summary>
    /// <exception cref="FormatException">They do not fit together.</exception>
    /// <exception cref="ArgumentException">Something is there twice.</exception>
    public Tokenizer Build()
    {
        var specials = new SpecialTokens(_specials);
        PieceTable pieces = BuildPieces(specials);
        for (int value = 0; value < 256; value++)
        {
            if (pieces.Find([(byte)value]) < 0)
                throw new FormatException($"no piece stands for the byte 0x{value:X2}, so not every text could be encoded");
        }
        return new Tokenizer(pieces, BuildMerges(pieces), specials);
    }

    private PieceTable BuildPieces(SpecialTokens specials)
    {
        // Special tokens may also be listed in the vocabulary; then they count once.
        int count = _vocabulary.Count / 3 + _specials.Count;
        for (int i = 2; i < _vocabulary.Count; i += 3)
            count -= specials.Content(_vocabulary[i]) is null ? 0 : 1;
        var starts = new int[count];
        var lengths = new int[count];
        var seen = new bool[count];
        foreach (SpecialToken token in _specials)
        {
            if ((uint)token.Id >= (uint)count)
                throw new FormatException($"an added token has the id {token.Id}, but {count} pieces need the ids 0 to {count - 1}");
            seen[token.Id] = true;
        }
        for (int i = 0; i < _vocabulary.Count; i += 3)
        {
            (int start, int length, int id) = (_vocabulary[i], _vocabulary[i + 1], _vocabulary[i + 2]);
            if ((uint)id >= (uint)count)
                throw new FormatException($"a piece has the id {id}, but {count} pieces need the ids 0 to {count - 1}");
            if (specials.Content(id) is not null)
                continue;
            if (seen[id])
                throw new FormatException($"two pieces have the id {id}");
            seen[id] = true;
            int bytes = ByteAlphabet.Read(_text.AsSpan(start, length));
            if (bytes <= 0)
                throw new FormatException($"the piece with the id {id} is not spelled in the byte-level alphabet");
            (starts[id], lengths[id]) = (start, bytes);
        }
        for (int id = 0; id < count; id++)
        {
            if (!seen[id])
                throw new FormatException($"no piece has the id {id}");
        }
        return Pack(starts, lengths);
    }

    private PieceTable Pack(int[] from, int[] lengths)
    {
        var starts = new int[lengths.Length + 1];
        for (int id = 0; id < lengths.Length; id++)
            starts[id + 1] = starts[id] + lengths[id];
        var bytes = new byte[starts[^1]];
        for (int id = 0; id < lengths.Length; id++)
            Buffer.BlockCopy(_text, from[id], bytes, starts[id], lengths[id]);
        return new PieceTable(bytes, starts);
    }

    private MergeTable BuildMerges(PieceTable pieces)
    {
        var merges = new Merge[_merges.Count / 2];
        for (int rank = 0; rank < merges.Length; rank++)
        {
            Span<byte> text = _text.AsSpan(_merges[2 * rank], _merges[2 * rank + 1]);
            int space = text.IndexOf((byte)' ');
            int left = space < 0 ? -1 : ByteAlphabet.Read(text[..space]);
            int right = space < 0 ? -1 : ByteAlphabet.Read(text[(space + 1)..]);
            if (left <= 0 || right <= 0)
                throw new FormatException($"merge {rank} is not two pieces with a space between");
            Span<byte> rightBytes = text.Slice(space + 1, right);
            int leftId = pieces.Find(text[..left]);
            int rightId = pieces.Find(rightBytes);
            rightBytes.CopyTo(text[left..]);
            int result = pieces.Find(text[..(left + right)]);
            if (leftId < 0 || rightId < 0 || result < 0)
                throw new FormatException($"merge {rank} needs '{ByteAlphabet.Spell(text[..(left + right)])}' and its two parts, and one of them is not in the vocabulary");
            merges[rank] = new Merge(leftId, rightId, result);
        }
        return new MergeTable(merges);
    }

    private void Reserve(int bytes)
    {
        if (_text.Length - _length < bytes)
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + bytes));
    }
}
