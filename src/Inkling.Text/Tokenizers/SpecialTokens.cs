namespace Inkling.Text;

/// <summary>A token that stands for itself in text and is never made of bytes.</summary>
internal sealed record SpecialToken(string Content, int Id);

/// <summary>The special tokens of a vocabulary and how they are found in text: at the leftmost place, the longest of them.</summary>
/// <remarks>Loading is part of the start-up of a program: no LINQ and no generics over value types, which would be compiled first.</remarks>
internal sealed class SpecialTokens
{
    private readonly SpecialToken[] _longestFirst;
    private readonly string _firsts = "";
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _contents = [];

    /// <exception cref="ArgumentException">A content is empty or listed twice, or two have one id.</exception>
    public SpecialTokens(List<SpecialToken> tokens)
    {
        foreach (SpecialToken token in tokens)
        {
            if (token.Content.Length == 0)
                throw new ArgumentException("a special token is empty");
            if (!_ids.TryAdd(token.Content, token.Id))
                throw new ArgumentException($"the special token '{token.Content}' is listed twice");
            if (!_contents.TryAdd(token.Id, token.Content))
                throw new ArgumentException($"the special tokens '{_contents[token.Id]}' and '{token.Content}' have the same id {token.Id}");
            if (!_firsts.Contains(token.Content[0], StringComparison.Ordinal))
                _firsts += token.Content[0];
        }
        InOrder = tokens;
        _longestFirst = tokens.ToArray();
        Array.Sort(_longestFirst, (a, b) => b.Content.Length.CompareTo(a.Content.Length));
    }

    /// <summary>The special tokens as given.</summary>
    public IReadOnlyList<SpecialToken> InOrder { get; }

    public int? Id(string content) => _ids.TryGetValue(content, out int id) ? id : null;

    public string? Content(int id) => _contents.TryGetValue(id, out string? content) ? content : null;

    /// <summary>Finds the first special token at or after <paramref name="from"/>.</summary>
    /// <returns>Where it begins, or −1; its id and its length.</returns>
    public (int At, int Id, int Length) Find(ReadOnlySpan<char> text, int from)
    {
        while (true)
        {
            int offset = text[from..].IndexOfAny(_firsts);
            if (offset < 0)
                return (-1, -1, 0);
            from += offset;
            foreach (SpecialToken token in _longestFirst)
            {
                if (text[from..].StartsWith(token.Content, StringComparison.Ordinal))
                    return (from, token.Id, token.Content.Length);
            }
            from++;
        }
    }

    /// <summary>Where a special token may have begun that the end of the text leaves unfinished, or the length of the text.</summary>
    public int OpenAt(ReadOnlySpan<char> text, int from)
    {
        int longest = _longestFirst.Length == 0 ? 0 : _longestFirst[0].Content.Length;
        for (int start = Math.Max(from, text.Length - longest + 1); start < text.Length; start++)
        {
            foreach (SpecialToken token in _longestFirst)
            {
                if (token.Content.Length > text.Length - start && token.Content.AsSpan().StartsWith(text[start..], StringComparison.Ordinal))
                    return start;
            }
        }
        return text.Length;
    }
}
