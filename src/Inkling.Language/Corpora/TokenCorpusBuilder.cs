namespace Inkling.Language;

/// <summary>Collects token sequences into a <see cref="TokenCorpus"/>.</summary>
public sealed class TokenCorpusBuilder
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _bodies = [];
    private readonly List<int> _groupStarts = [0];
    private ushort[] _tokens = new ushort[1 << 16];
    private int _count;
    private long _characters;

    /// <summary>Number of sequences so far.</summary>
    public int Count => _bodies.Count;

    /// <summary>Number of tokens so far.</summary>
    public long TokenCount => _count;

    /// <summary>Adds a sequence to the current group.</summary>
    /// <param name="tokens">Its tokens, at least two, each 0 … 65,535.</param>
    /// <param name="bodyStart">The position of the first token of the body, 1 … length − 1.</param>
    /// <param name="bodyCharacters">How many characters of text the body stands for.</param>
    /// <exception cref="ArgumentException">Fewer than two tokens, a body outside the sequence, or a token that is too large.</exception>
    /// <exception cref="InvalidOperationException">More than 2³¹ tokens.</exception>
    public void Add(ReadOnlySpan<int> tokens, int bodyStart, int bodyCharacters)
    {
        if (tokens.Length < 2 || bodyStart < 1 || bodyStart >= tokens.Length)
            throw new ArgumentException($"TokenCorpus: a sequence of {tokens.Length} tokens with its body at {bodyStart}; at least two are needed, and the body must lie inside.", nameof(tokens));
        Reserve(tokens.Length);
        foreach (int token in tokens)
        {
            if ((uint)token > ushort.MaxValue) throw new ArgumentException($"TokenCorpus: token {token}; vocabularies of up to 65,536 are supported.", nameof(tokens));
            _tokens[_count++] = (ushort)token;
        }

        _starts.Add(_count);
        _bodies.Add(bodyStart);
        _characters += bodyCharacters;
    }

    /// <summary>What is added from here on is a new group, unless the current one is still empty.</summary>
    public void BeginGroup()
    {
        if (_bodies.Count > _groupStarts[^1]) _groupStarts.Add(_bodies.Count);
    }

    /// <summary>Makes the corpus; the builder must not be used afterwards.</summary>
    public TokenCorpus Build()
    {
        Array.Resize(ref _tokens, _count);
        BeginGroup();
        return new TokenCorpus(_tokens, [.. _starts], [.. _bodies], [.. _groupStarts], _characters);
    }

    private void Reserve(int more)
    {
        long needed = (long)_count + more;
        if (needed <= _tokens.Length) return;
        if (needed > Array.MaxLength) throw new InvalidOperationException($"TokenCorpus: more than {Array.MaxLength} tokens do not fit; give less mail.");
        Array.Resize(ref _tokens, (int)Math.Min(Array.MaxLength, Math.Max(needed, _tokens.Length * 3L / 2)));
    }
}
