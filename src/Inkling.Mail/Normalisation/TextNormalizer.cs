using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// Brings text into the form that the model reads: the same for the mail it learns from and for the draft it completes.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Numbers, e-mail and web addresses, telephone numbers and account-like strings become the placeholders of <see cref="MailTokens"/>;
/// no decimal digit passes, so none can be learnt or suggested.</item>
/// <item>Line breaks that only wrap a paragraph become spaces; the others stay, an empty line as two.</item>
/// <item>Runs of spaces and tabs become one space; spaces at the ends of lines and the start of the text go.</item>
/// <item>Quotes are straight, accents composed, ligatures and "…" spelt out; control, invisible and private characters go.</item>
/// <item>Text cannot spell a special token (<see cref="MailTokens"/>).</item>
/// </list>
/// The end keeps its meaning: a text that ends in a word, a space, a line break or an empty line does so afterwards.
/// (Spaces after a line break go; a line break that looks like a wrap reads as a space.)
/// Time grows with the length of the text, about a millisecond for 100,000 characters.
/// </remarks>
public static class TextNormalizer
{
    /// <summary>Normalises a text.</summary>
    /// <param name="text">Any text; unpaired surrogates become U+FFFD.</param>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Normalize(text.AsSpan());
    }

    /// <inheritdoc cref="Normalize(string)"/>
    public static string Normalize(ReadOnlySpan<char> text)
    {
        var first = new TextBuffer(text.Length + 16);
        var second = new TextBuffer(text.Length + 16);
        try
        {
            CharacterFolding.Fold(text, ref first);
            LineFolding.Fold(first.Text, ref second);
            first.Length = 0;
            PlaceholderScanner.Scan(second.Text, ref first);
            return first.Text.ToString();
        }
        finally
        {
            first.Dispose();
            second.Dispose();
        }
    }

    /// <summary>Whether a normalised text ends inside something private, which must not be completed.</summary>
    /// <param name="normalized">The result of <see cref="Normalize(string)"/>.</param>
    public static bool EndsInPlaceholder(ReadOnlySpan<char> normalized) => normalized.EndsWith([MailTokens.Close]);
}
