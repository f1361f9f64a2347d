using System.Runtime.InteropServices;

namespace Inkling.Language.Tests.Embeddings;

public sealed class WordAverageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-average-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("I don't know: it's Ann’s!", "i do n't know it 's ann 's")]
    [InlineData("Call 555-1234, or ann@example.org; see https://example.org/a?b=1.", "call <number> <number> or <email> see <link>")]
    [InlineData("at 10:30 on 26.11.2026, €1,200.50", "at <number> on <number> <number>")]
    [InlineData("we meet ⟦number⟧ times, write to ⟦email⟧ or ⟦url⟧", "we meet <number> times write to <email> or <link>")]
    [InlineData("well-known «Straße» naïve", "well known straße naïve")]
    [InlineData(" \t\r\n… ⟦ ' ’ @ - ", "")]
    [InlineData("''tis 'quoted' rock 'n' roll", "tis quoted rock n roll")]
    public void Words_are_cut_as_vectors_have_them(string text, string words) => Assert.Equal(words, string.Join(' ', WordsOf(text)));

    [Fact]
    public void Words_of_any_length_are_read()
    {
        Assert.Equal(WordReader.LongestWord, Assert.Single(WordsOf(new string('x', 100_000))).Length);
        Assert.Equal(100_000, WordsOf(string.Join(' ', Enumerable.Repeat("word", 100_000))).Count);
        Assert.Equal(2, WordsOf("half \uD83D surrogate").Count);
    }

    [Fact]
    public void The_mean_is_of_the_known_words_and_of_length_one()
    {
        MeanEncoder encoder = new(Vectors("the cat sat", [0, 2, 2, 0, 0, 1]));
        Assert.Equal([1f, 0f], Encode(encoder, "Cat"), Near);
        Assert.Equal([1f / MathF.Sqrt(2), 1f / MathF.Sqrt(2)], Encode(encoder, "the cat purred"), Near);
        Assert.Equal([0f, 0f], Encode(encoder, "nobody knows"));
        Assert.Equal([0f, 0f], Encode(encoder, ""));
        Assert.Contains("room for 3", Assert.Throws<ArgumentException>(() => encoder.Encode("cat", new float[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rare_words_count_more_and_the_common_component_goes()
    {
        WordVectors vectors = Vectors("the cat sat", [3, 0, 0, 0, 2, 0, 0, 0, 2]);
        SifEncoder encoder = SifEncoder.Fit(vectors, ["sat"], new SifOptions { Counts = [1_000_000, 1, 1] });
        float[] cat = Encode(encoder, "the the the cat");
        Assert.True(cat[1] > 0.9f, $"the rare word is {cat[1]} of the vector");

        SifEncoder common = SifEncoder.Fit(vectors, ["the", "the the"], new SifOptions { Counts = [1, 1, 1] });
        Assert.Equal([1f, 0f, 0f], common.Component.ToArray(), Near);
        Assert.Equal([0f, 1f, 0f], Encode(common, "the cat"), Near);
        Assert.Equal([0f, 0f, 0f], Encode(common, "the"));
        Assert.NotEqual(encoder.Name, common.Name);
    }

    [Fact]
    public void Wrong_options_are_told()
    {
        WordVectors vectors = Vectors("a b", [1, 0, 0, 1]);
        Assert.Contains("3 counts for 2", Assert.Throws<ArgumentException>(() => SifEncoder.Fit(vectors, [], new SifOptions { Counts = [1, 2, 3] })).Message, StringComparison.Ordinal);
        Assert.Contains("all are 0", Assert.Throws<ArgumentException>(() => SifEncoder.Fit(vectors, [], new SifOptions { Counts = [0, 0] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SifEncoder.Fit(vectors, [], new SifOptions { Smoothing = 0 }));
        Assert.Throws<ArgumentException>(() => SifEncoder.Fit(vectors, [], new SifOptions { Texts = 1 }));
        Assert.Equal([0f, 0f], SifEncoder.Fit(vectors, []).Component.ToArray());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void On_sentences_that_people_judged_inverse_frequency_agrees_with_them()
    {
        WordVectors glove = WordVectors.Read(SimilarSentences.Shared("vectors", "glove100", "words.txt"), SimilarSentences.Shared("vectors", "glove100", "glove100_100k.f32.gz"));
        var train = SimilarSentences.Read("stsb-en-train.csv");
        var dev = SimilarSentences.Read("stsb-en-dev.csv");
        double mean = SimilarSentences.Spearman(new MeanEncoder(glove), dev);
        double sif = SimilarSentences.Spearman(SifEncoder.Fit(glove, train.SelectMany(pair => new[] { pair.A, pair.B })), dev);
        TestContext.Current.TestOutputHelper?.WriteLine($"mean {mean:0.0000}, SIF {sif:0.0000}");
        Assert.True(sif >= 0.62, $"SIF reaches {sif:0.0000}, the mean {mean:0.0000}");
        Assert.True(sif > mean);
    }

    private static bool Near(float a, float b) => MathF.Abs(a - b) < 1e-5f;

    private static List<string> WordsOf(string text)
    {
        List<string> words = [];
        WordReader reader = new(text, new char[WordReader.LongestWord]);
        while (reader.Next(out ReadOnlySpan<char> word)) words.Add(word.ToString());
        return words;
    }

    private static float[] Encode(ITextEncoder encoder, string text)
    {
        float[] vector = new float[encoder.Dimensions];
        encoder.Encode(text, vector);
        return vector;
    }

    private WordVectors Vectors(string words, float[] rows)
    {
        string list = Path.Combine(_folder, "words.txt"), file = Path.Combine(_folder, "rows.f32");
        File.WriteAllText(list, words.Replace(' ', '\n') + "\n");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
        return WordVectors.Read(list, file);
    }
}
