namespace Inkling.Language.Tests.Corpora;

public sealed class TokenCorpusTests
{
    [Fact]
    public void Sequences_come_back_as_they_were_added()
    {
        TokenCorpusBuilder builder = new();
        builder.Add([1, 2, 3], 1, 10);
        builder.BeginGroup();
        builder.BeginGroup(); // an empty group is none
        builder.Add([65_535, 0], 1, 5);
        TokenCorpus corpus = builder.Build();
        Assert.Equal((2, 5L, 15L, 2), (corpus.Count, corpus.TokenCount, corpus.BodyCharacters, corpus.GroupCount));
        Assert.Equal([1, 2, 3], corpus.Sequence(0).ToArray());
        Assert.Equal([65_535, 0], corpus.Sequence(1).ToArray());
        Assert.Equal(((0, 1), (1, 2)), (corpus.Group(0), corpus.Group(1)));
        Assert.Equal((1, 2), (corpus.BodyStart(0), corpus.Positions(0)));
    }

    [Fact]
    public void Sequences_without_anything_to_predict_and_tokens_that_are_too_large_are_refused()
    {
        TokenCorpusBuilder builder = new();
        Assert.Throws<ArgumentException>(() => builder.Add([1], 1, 1));
        Assert.Throws<ArgumentException>(() => builder.Add([1, 2], 0, 1));
        Assert.Throws<ArgumentException>(() => builder.Add([1, 2], 2, 1));
        Assert.Contains("65,536", Assert.Throws<ArgumentException>(() => builder.Add([1, 65_536], 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_tells_corpora_apart()
    {
        ulong[] prints =
        [
            Print([1, 2, 3], 1), Print([1, 2, 4], 1), Print([1, 2, 3], 2), Print([1, 2, 3, 3], 1),
        ];
        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(prints[0], Print([1, 2, 3], 1));

        static ulong Print(int[] tokens, int body)
        {
            TokenCorpusBuilder builder = new();
            builder.Add(tokens, body, 3);
            return builder.Build().Fingerprint();
        }
    }
}
