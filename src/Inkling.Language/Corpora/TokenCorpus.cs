namespace Inkling.Language;

/// <summary>
/// Token sequences (mails) packed one after the other: two bytes a token, so that 30 million tokens take 60 MB. Each sequence has a
/// head, which is context, and a body, which is what a model is measured on. Sequences belong to groups (sources) that can be drawn from
/// in different proportions.
/// </summary>
public sealed class TokenCorpus
{
    private readonly ushort[] _tokens;
    private readonly int[] _starts;
    private readonly int[] _bodies;
    private readonly int[] _groupStarts;

    internal TokenCorpus(ushort[] tokens, int[] starts, int[] bodies, int[] groupStarts, long bodyCharacters)
    {
        _tokens = tokens;
        _starts = starts;
        _bodies = bodies;
        _groupStarts = groupStarts;
        BodyCharacters = bodyCharacters;
    }

    /// <summary>Number of sequences.</summary>
    public int Count => _bodies.Length;

    /// <summary>Number of tokens of all sequences.</summary>
    public long TokenCount => _starts[^1];

    /// <summary>Characters of the text that all bodies stand for.</summary>
    public long BodyCharacters { get; }

    /// <summary>Number of groups.</summary>
    public int GroupCount => _groupStarts.Length - 1;

    /// <summary>The sequences of a group: from the first to before the last.</summary>
    public (int First, int End) Group(int group) => (_groupStarts[group], _groupStarts[group + 1]);

    /// <summary>The tokens of a sequence.</summary>
    public ReadOnlySpan<ushort> Sequence(int index) => _tokens.AsSpan(_starts[index], _starts[index + 1] - _starts[index]);

    /// <summary>The position in its sequence of the first token of the body.</summary>
    public int BodyStart(int index) => _bodies[index];

    /// <summary>Positions at which a sequence has a next token to predict: its length less one.</summary>
    public int Positions(int index) => _starts[index + 1] - _starts[index] - 1;

    /// <summary>A number that tells corpora apart: it depends on every token and on how they are divided.</summary>
    public ulong Fingerprint()
    {
        // FNV-1a over 32-bit units (Fowler, Noll and Vo), enough to notice that mail has changed.
        const ulong Offset = 14695981039346656037, Prime = 1099511628211;
        ulong hash = Offset;
        foreach (ushort token in _tokens) hash = (hash ^ token) * Prime;
        foreach (int start in _starts) hash = (hash ^ (uint)start) * Prime;
        foreach (int body in _bodies) hash = (hash ^ (uint)body) * Prime;
        foreach (int start in _groupStarts) hash = (hash ^ (uint)start) * Prime;
        return hash;
    }
}
