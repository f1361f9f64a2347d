using System.Text.RegularExpressions;
using CsCheck;

namespace Inkling.Text.Tests;

public sealed class WordScannerTests
{
    private static string[] Words(string text)
    {
        var words = new List<string>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = WordScanner.End(text, start);
            words.Add(text[start..end]);
        }
        return [.. words];
    }

    [Theory]
    [InlineData("Hi Nora,\n\nthanks!", "Hi| Nora|,|\n\n|thanks|!")]
    [InlineData("I don't; we’re 'fine'", "I| don't|;| we’re| '|fine|'")]
    [InlineData("a  b\t c", "a| | b|\t| c")]
    [InlineData("x \r\n  y  ", "x| \r\n| | y|  ")]
    [InlineData("call 42nd (now)", "call| 42|nd| (|now|)")]
    [InlineData("e\u0301t\u00e9 \u0301", "e\u0301t\u00e9| \u0301")]
    public void Words_are_cut_as_written(string text, string expected) => Assert.Equal(expected.Split('|'), Words(text));

    [Fact]
    public void Cuts_as_the_regular_expression_does_in_the_basic_plane()
    {
        // .NET's Regex works on UTF-16 units, so only texts without surrogates compare; and its \s is White_Space but for U+180E's history.
        var regex = new Regex(WordScanner.Pattern, RegexOptions.CultureInvariant);
        Texts.Any.Where(text => !text.Any(char.IsSurrogate)).Sample(
            text => regex.Matches(text).Select(match => match.Value).SequenceEqual(Words(text)), iter: 20_000);
    }
}
