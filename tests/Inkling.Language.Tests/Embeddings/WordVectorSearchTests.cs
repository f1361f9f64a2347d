namespace Inkling.Language.Tests.Embeddings;

public sealed class WordVectorSearchTests
{
    // Two directions of meaning: royal (second number) and female (third).
    private static readonly WordVectors s_family = new(
        ["man", "woman", "king", "queen", "Paris", "apple"],
        [1, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0.5f, -1, 0.5f, 0, -2, -1]);

    [Fact]
    public void The_nearest_come_best_first_without_the_word_itself()
    {
        IReadOnlyList<ScoredWord> near = s_family.Nearest("king", 3);
        Assert.Equal(["queen", "man", "woman"], near.Select(one => one.Word));
        Assert.Equal(2 / MathF.Sqrt(6), near[0].Score, 1e-6);
        Assert.Equal(near[0].Score, s_family.Similarity("queen", "king"), 1e-6);
        Assert.Equal(5, s_family.Nearest("king", 100).Count);
        Assert.Equal("king", s_family.Nearest(s_family[2], 1)[0].Word);
    }

    [Theory]
    [InlineData(AnalogyMethod.Add)]
    [InlineData(AnalogyMethod.Multiply)]
    public void An_analogy_is_found_and_never_answers_with_what_was_given(AnalogyMethod method)
    {
        IReadOnlyList<ScoredWord> answers = s_family.Analogy(["king", "woman"], ["man"], 6, method);
        Assert.Equal("queen", answers[0].Word);
        Assert.Equal(["Paris", "apple", "queen"], answers.Select(one => one.Word).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Multiplying_follows_its_formula()
    {
        ScoredWord queen = s_family.Analogy(["king", "woman"], ["man"], 1, AnalogyMethod.Multiply)[0];
        double Moved(string word) => (s_family.Similarity("queen", word) + 1) / 2;
        Assert.Equal(Moved("king") * Moved("woman") / (Moved("man") + 0.001), queen.Score, 1e-5);
    }

    [Fact]
    public void The_odd_one_comes_first() => Assert.Equal("apple", s_family.OddOneOut(["king", "apple", "queen", "man"])[0].Word);

    [Fact]
    public void Letter_case_is_forgiven_and_unknown_words_get_near_spellings()
    {
        Assert.Equal(2, s_family.Find("KING"));
        Assert.Equal(4, s_family.Find("paris"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => s_family.Nearest("qeuen"));
        Assert.Contains("'qeuen' is not among the 6 words. Did you mean 'queen'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("Take another word", Assert.Throws<ArgumentException>(() => s_family.Find("xylophone")).Message, StringComparison.Ordinal);
        Assert.Equal(["man"], s_family.NearSpellings("mann"));
        Assert.Empty(s_family.NearSpellings(""));
        Assert.False(s_family.TryFindRow(" ", out _));
    }

    [Fact]
    public void Very_large_and_very_small_vectors_have_cosines_too()
    {
        WordVectors far = new(["big", "small", "zero"], [3e38f, 3e38f, 1e-40f, 1e-40f, 0, 0]);
        Assert.Equal(1, far.Similarity("big", "small"), 1e-5);
        Assert.Equal(0, far.Similarity("big", "zero"));
    }

    [Fact]
    public void What_cannot_be_asked_is_told()
    {
        Assert.Contains("2 numbers", Assert.Throws<ArgumentException>(() => s_family.Nearest([1, 2], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("zeros", Assert.Throws<ArgumentException>(() => s_family.Nearest([0, 0, 0], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => s_family.Nearest([0, float.NaN, 0], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("cancel", Assert.Throws<ArgumentException>(() => s_family.Analogy(["king"], ["king"])).Message, StringComparison.Ordinal);
        Assert.Contains("no word to add", Assert.Throws<ArgumentException>(() => s_family.Analogy([], ["king"])).Message, StringComparison.Ordinal);
        Assert.Contains("three", Assert.Throws<ArgumentException>(() => s_family.OddOneOut(["king", "man"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_family.Nearest("king", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_family[6].Length);
    }

    [Fact]
    public void A_table_takes_each_word_once_and_only_finite_numbers()
    {
        Assert.Contains("'a' is there twice", Assert.Throws<ArgumentException>(() => new WordVectors(["a", "a"], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("no finite", Assert.Throws<ArgumentException>(() => new WordVectors(["a", "b"], [1, float.PositiveInfinity])).Message, StringComparison.Ordinal);
        Assert.Contains("no whole rows", Assert.Throws<ArgumentException>(() => new WordVectors(["a", "b"], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("word 1 is empty", Assert.Throws<ArgumentException>(() => new WordVectors(["a", ""], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new WordVectors([], []));
    }
}
