namespace Inkling.Text.Tests;

/// <summary>Which terms a text is found by.</summary>
public sealed class WordAnalyzerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n… — !", "")]
    [InlineData("The Meeting moved.", "the meeting moved")]
    [InlineData("two meetings, three companies", "two meeting three company")]
    [InlineData("this bus has class", "this bus has class")]
    [InlineData("don't use John's or we'll", "don't use john or we")]
    [InlineData("jo.smith@example.com on 2026-11-26", "jo smith example com on 2026 11 26")]
    [InlineData("ÜBER Straße Ångström", "über straße ångström")]
    [InlineData("see v1.2b3", "see v1 2b3")]
    [InlineData("東京で会う now", "東 京 で 会 う now")]
    [InlineData("'quoted' ''", "quoted")]
    [InlineData("lone \uD800 half", "lone half")]
    public void Terms(string text, string terms) => Assert.Equal(terms, string.Join(' ', Of(text)));

    [Fact]
    public void A_long_word_is_found_by_its_beginning_and_a_long_text_takes_no_time()
    {
        Assert.Equal(new string('a', WordAnalyzer.LongestTerm), Assert.Single(Of(new string('A', 100_000))));
        Assert.Equal(100_000, Of(string.Concat(Enumerable.Repeat("word ", 100_000))).Count);
    }

    private static List<string> Of(string text)
    {
        List<string> terms = [];
        WordAnalyzer.Default.Analyze(text, terms);
        return terms;
    }
}
