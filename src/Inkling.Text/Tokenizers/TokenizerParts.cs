using System.Text.Json;

namespace Inkling.Text;

/// <summary>What has been read of a <c>tokenizer.json</c>, and its assembly into a tokenizer. All text lies in one block.</summary>
internal sealed class TokenizerParts
{
    private byte[] _text = new byte[1 << 18];
    private int _length;
    private readonly List<(int Start, int Length, int Id)> _vocabulary = [];
    private readonly List<(int Start, int Length)> _merges = [];
    private readonly List<(string Content, int Id)> _specials = [];

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

    public void AddPiece(int start, int id) => _vocabulary.Add((start, _length - start, id));

    public void AddMerge(int start) => _merges.Add((start, _length - start));

    public void AddSpecial(string content, int id) => _specials.Add((content, id));

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
        int count = _vocabulary.Count + _specials.Count(token => !_vocabulary.Exists(piece => piece.Id == token.Id));
        var entries = new (int Start, int Length)[count];
        var seen = new bool[count];
        foreach ((_, int id) in _specials)
        {
            if ((uint)id >= (uint)count)
                throw new FormatException($"an added token has the id {id}, but {count} pieces need the ids 0 to {count - 1}");
            seen[id] = true;
        }
        foreach ((int start, int length, int id) in _vocabulary)
        {
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
            entries[id] = (start, bytes);
        }
        if (Array.IndexOf(seen, false) is >= 0 and int missing)
            throw new FormatException($"no piece has the id {missing}");
        return Pack(entries);
    }

    private PieceTable Pack((int Start, int Length)[] entries)
    {
        var starts = new int[entries.Length + 1];
        for (int id = 0; id < entries.Length; id++)
            starts[id + 1] = starts[id] + entries[id].Length;
        var bytes = new byte[starts[^1]];
        for (int id = 0; id < entries.Length; id++)
            _text.AsSpan(entries[id].Start, entries[id].Length).CopyTo(bytes.AsSpan(starts[id]));
        return new PieceTable(bytes, starts);
    }

    private MergeTable BuildMerges(PieceTable pieces)
    {
        var merges = new Merge[_merges.Count];
        for (int rank = 0; rank < merges.Length; rank++)
        {
            (int start, int length) = _merges[rank];
            Span<byte> text = _text.AsSpan(start, length);
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
