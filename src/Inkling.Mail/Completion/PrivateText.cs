namespace Inkling.Mail;

/// <summary>Tells whether the caret stands in something that is nobody's to guess: a number, an address, a link, a code, finished or not.</summary>
internal static class PrivateText
{
    /// <summary>Longest run of characters without white space that is looked at.</summary>
    private const int Longest = 256;

    /// <summary>Whether the text ends inside such a thing.</summary>
    public static bool EndsIn(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
        {
            if (text.Length - --start > Longest)
                return true; // no word is that long: a key, an encoded block
        }
        var chunk = text[start..];
        return chunk.ContainsAnyInRange('0', '9') || chunk.Contains('@') || chunk.Contains("://", StringComparison.Ordinal)
            || chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }
}
