namespace Inkling.Language;

/// <summary>All training sequences one after the other, and where each came from.</summary>
internal sealed class TokenStream(int order)
{
    /// <summary>Stands between sequences; no token has this id.</summary>
    public const ushort Gap = ushort.MaxValue;

    private ushort[] _tokens = [Gap];
    private int _length = 1;
    private readonly List<int> _ends = [1];         // where each sequence ends, its gap included
    private readonly List<int> _sources = [-1];

    public int Order => order;

    public int Length => _length;

    public ReadOnlySpan<ushort> Tokens => _tokens.AsSpan(0, _length);

    /// <summary>The number of sequences.</summary>
    public int Sequences => _ends.Count - 1;

    public void Add(ReadOnlySpan<int> tokens, int source)
    {
        long needed = (long)_length + tokens.Length + 1;
        if (needed > Array.MaxLength)
            throw new InvalidOperationException(
                $"NGramTrainer.Add: {needed:N0} tokens are more than one model can count ({Array.MaxLength:N0}). Train on a part of them.");
        if (needed > _tokens.Length)
            Array.Resize(ref _tokens, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _tokens.Length)));
        foreach (int token in tokens)
            _tokens[_length++] = (ushort)token;
        _tokens[_length++] = Gap;
        _ends.Add(_length);
        _sources.Add(source);
    }

    /// <summary>The source of every place.</summary>
    public int[] SourceOfPlaces()
    {
        var sources = new int[_length];
        int start = 0;
        for (int i = 0; i < _ends.Count; i++)
        {
            sources.AsSpan(start, _ends[i] - start).Fill(_sources[i]);
            start = _ends[i];
        }
        return sources;
    }

    /// <summary>
    /// How many tokens the longest n-gram has that begins at each place: it ends before a gap and before a part mark. 0 at gaps.
    /// </summary>
    public byte[] Lengths(bool[] partMark)
    {
        var lengths = new byte[_length];
        byte following = 0;     // tokens an n-gram that began before this place could still take from here
        for (int place = _length - 1; place >= 0; place--)
        {
            ushort token = _tokens[place];
            if (token == Gap)
            {
                following = 0;
                continue;
            }
            lengths[place] = (byte)Math.Min(following + 1, order);
            following = partMark[token] ? (byte)0 : lengths[place];
        }
        return lengths;
    }
}
