namespace Inkling.Language.Tests.Embeddings;

public sealed class WordCategoriesTests
{
    // Flowers, cars, and words that are near to everything.
    private static readonly WordVectors s_vectors = new(
        ["the", "and", "flowers", "cars", "rose", "tulip", "truck", "thing", "stuff", "sky", "sea", "stone"],
        [1, 1, 1, 1, 0.9f, 1, 1, 0, 0.2f, 0, 1, 0.2f, 0.9f, 0.1f, 0.1f, 0.8f, 0, 0.1f, 0.1f, 0.9f, 0.1f, 0.6f, 0.5f, 1, 0.4f, 0.5f, 1, 0, 0, 1, 0.1f, 0, 1, 0, 0.1f, 1]);

    [Fact]
    public void Words_share_their_votes_out_and_the_shares_sum_to_one()
    {
        WordCategories result = WordCategories.Of(s_vectors, "The rose and the Tulip, the truck!", ["Cars", " Flowers"]);
        Assert.Equal(["Flowers", "Cars"], result.Categories.Select(one => one.Word));
        Assert.Equal(1, result.Categories.Sum(one => one.Score), 1e-5);
        Assert.Equal(["rose", "tulip", "truck"], result.Words.Where(one => one.Word.Length > 3).Select(one => one.Word));
        Assert.Equal("Cars", result.Words.Single(one => one.Word == "truck").Category);
        Assert.Empty(result.Unknown);
    }

    [Fact]
    public void Unknown_words_are_named_and_a_category_may_have_several_words()
    {
        WordCategories result = WordCategories.Of(s_vectors, "rose 12 xyzzy", ["rose tulip", "truck"]);
        Assert.Equal(["xyzzy"], result.Unknown);
        Assert.Equal("rose tulip", result.Categories[0].Word);
    }

    [Theory]
    [InlineData("rose", "flowers", null, "two categories")]
    [InlineData("rose", "flowers", "Flowers", "there twice")]
    [InlineData("rose", "flowers", "flowerz", "Did you mean 'flowers'")]
    [InlineData("rose", "flowers", " ", "no name")]
    [InlineData("", "flowers", "cars", "no words")]
    [InlineData("qwx", "flowers", "cars", "'qwx'")]
    public void What_cannot_be_shared_out_is_told(string text, string first, string? second, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => WordCategories.Of(s_vectors, text, second is null ? [first] : [first, second])).Message, StringComparison.Ordinal);

    [Fact]
    public void Sentences_are_cut_at_their_ends_and_keep_words_only()
    {
        IReadOnlyList<string>[] sentences = [.. WordSentences.Of("Hello there. We don't pay $12!\n\nBest regards\nAnn")];
        Assert.Equal(["hello there", "we do n't pay", "best regards ann"], sentences.Select(words => string.Join(' ', words)));
        Assert.Empty(WordSentences.Of(" \n\n ..."));
    }
}
