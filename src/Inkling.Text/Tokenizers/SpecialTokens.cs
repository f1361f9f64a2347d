using System.Buffers;

namespace Inkling.Text;

/// <summary>The special tokens of a vocabulary and how they are found in text: at the leftmost place, the longest of them.</summary>
internal sealed class SpecialTokens
{
    private readonly (string Content, int Id)[] _longestFirst;
    private readonly SearchValues<char> _firsts;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _contents = [];

    /// <exception cref="ArgumentException">A content is empty or listed twice.</exception>
    public SpecialTokens(IReadOnlyList<(string Content, int Id)> tokens)
    {
        foreach ((string content, int id) in tokens)
        {
            if (content.Length == 0)
                throw new ArgumentException("a special token is empty");
            if (!_ids.TryAdd(content, id))
                throw new ArgumentException($"the special token '{content}' is listed twice");
            if (!_contents.TryAdd(id, content))
                throw new ArgumentException($"the special tokens '{_contents[id]}' and '{content}' have the same id {id}");
        }
        InOrder = tokens;
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        _firsts = SearchValues.Create([.. tokens.Select(token => token.Content[0])]);
    }

    /// <summary>The special tokens as given.</summary>
    public IReadOnlyList<(string Content, int Id)> InOrder { get; }

    public int? Id(string content) => _ids.TryGetValue(content, out int id) ? id : null;

    public string? Content(int id) => _contents.GetValueOrDefault(id);

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
            foreach ((string content, int id) in _longestFirst)
            {
                if (text[from..].StartsWith(content, StringComparison.Ordinal))
                    return (from, id, content.Length);
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
            foreach ((string content, _) in _longestFirst)
            {
                if (content.Length > text.Length - start && content.AsSpan().StartsWith(text[start..], StringComparison.Ordinal))
                    return start;
            }
        }
        return text.Length;
    }
}
