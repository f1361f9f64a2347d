using System.Text.RegularExpressions;

namespace Inkling.Training.Metrics;

/// <summary>
/// Splits text into words as NIST's mteval-v13a does, by which translations are compared: punctuation stands alone, but periods and commas
/// within numbers, apostrophes and hyphens do not; some entities of SGML are resolved.
/// </summary>
public static partial class Tokenizer13a
{
    /// <summary>The words of a text.</summary>
    public static string[] Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimEnd().Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ')
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        text = Punctuation().Replace($" {text} ", " $0 ");
        text = PointAfterOther().Replace(text, "$1 $2 ");
        text = PointBeforeOther().Replace(text, " $1 $2");
        return SplitAtSpaces(DashAfterDigit().Replace(text, "$1 $2 "));
    }

    /// <summary>The words of a text that is split already.</summary>
    public static string[] SplitAtSpaces(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    // All marks of ASCII but the apostrophe, comma, hyphen and period.
    [GeneratedRegex(@"[!-&(-+/:-@\[-`{-~]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"([^0-9])([.,])")]
    private static partial Regex PointAfterOther();

    [GeneratedRegex(@"([.,])([^0-9])")]
    private static partial Regex PointBeforeOther();

    [GeneratedRegex(@"([0-9])(-)")]
    private static partial Regex DashAfterDigit();
}
