using Inkling.Numerics;

namespace Inkling.Language.Tests.Embeddings;

public sealed class WordVectorTrainingTests
{
    private const int Topics = 5, WordsOfTopic = 8;

    private static readonly WordVectorTrainingOptions s_small = new() { Width = 20, Epochs = 6, Sample = 0, Rate = 0.05f };

    public static TheoryData<string> Trainers => [.. WordVectorTrainers.All.Select(trainer => trainer.Name)];

    [Theory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Trainers))]
    public void Words_that_occur_together_come_to_be_near(string name)
    {
        WordCorpus corpus = Corpus();
        WordVectors vectors = Named(name).Train(corpus, s_small with { Epochs = 25 });
        Assert.Equal((40, 20), (vectors.Count, vectors.Width));
        foreach (string word in vectors.Words)
        {
            IEnumerable<string> near = vectors.Nearest(word, WordsOfTopic - 1).Select(one => one.Word);
            Assert.True(near.Count(one => one[0] == word[0]) >= WordsOfTopic - 2, $"{word}: {string.Join(' ', near)}");
        }
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_seed_gives_the_same_bits_on_any_number_of_threads(string name)
    {
        WordCorpus corpus = Corpus();
        WordVectorTrainingOptions options = s_small with { Epochs = 2, Sample = 0.01 };
        float[] Train(int threads, ulong seed)
        {
            using Team team = new(threads);
            return Named(name).Train(corpus, options with { Team = team, Seed = seed }).Values.ToArray();
        }

        float[] one = Train(1, 3);
        Assert.Equal(one, Train(2, 3));
        Assert.Equal(one, Train(5, 3));
        Assert.NotEqual(one, Train(1, 4));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void A_stop_keeps_what_has_been_learnt(string name)
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        WordVectors vectors = Named(name).Train(Corpus(), s_small, progress: null, stop.Token);
        Assert.Equal(40, vectors.Count);
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Progress_ends_with_everything_done(string name)
    {
        Heard heard = new();
        Named(name).Train(Corpus(), s_small with { Epochs = 2 }, heard);
        WordVectorProgress last = heard.All[^1];
        Assert.Equal((2, 2), (last.Epoch, last.Epochs));
        Assert.Equal(last.Total, last.Done);
        Assert.Equal(TimeSpan.Zero, last.Remaining);
    }

    [Theory]
    [InlineData("skipgram")]
    [InlineData("cbow")]
    [InlineData("glove")]
    public void Vectors_to_begin_with_are_where_it_begins(string name)
    {
        WordCorpus corpus = Corpus();
        float[] values = new float[20];
        values[3] = 2;
        WordVectors start = new(["a0"], values);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        WordVectors vectors = Named(name).Train(corpus, s_small with { Start = start }, progress: null, stop.Token);
        Assert.True(vectors.TryFind("a0", out ReadOnlySpan<float> vector));
        Assert.Equal(name == "skipgram" || name == "cbow" ? values : vector.ToArray(), vector.ToArray());
        Assert.Equal(2, vector[3], 0.1);
        Assert.Contains("20", Assert.Throws<ArgumentException>(() => Named(name).Train(corpus, s_small with { Width = 30, Start = start })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_words_get_vectors_from_their_parts()
    {
        SubwordVectors vectors = Inflected();
        float[] unseen = new float[20];
        Assert.True(vectors.Write("hiking", unseen));
        Assert.EndsWith("ing", vectors.Words.Nearest(unseen, 1)[0].Word, StringComparison.Ordinal);
        Assert.EndsWith("ing", vectors.Nearest("hiking", 1)[0].Word, StringComparison.Ordinal);
        Assert.True(vectors.Write("stone", unseen));
        Assert.Equal(vectors.Words[vectors.Words.Find("stone")].ToArray(), unseen);
        Assert.False(vectors.Write("", unseen));
        // Not every strange word will do: parts share buckets.
        string strange = ((string[])["qq", "zz", "xx", "vv"]).First(word => !vectors.Write(word, new float[20]));
        Assert.False(vectors.Write(strange, unseen));
        Assert.All(unseen, value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(() => vectors.Nearest(strange));
        Assert.Throws<ArgumentException>(() => vectors.Write("stone", new float[3]));
    }

    [Theory]
    [InlineData("words.bin", "words.bin.parts.safetensors")]
    [InlineData("words.vec.gz", "words.vec.gz.parts.safetensors")]
    [InlineData("words", "words/parts.safetensors")]
    public void Saved_and_loaded_an_unknown_word_has_the_same_vector(string name, string beside)
    {
        string folder = Directory.CreateTempSubdirectory("inkling-parts-").FullName;
        try
        {
            SubwordVectors vectors = Inflected();
            string path = Path.Combine(folder, name), parts = Path.Combine(folder, beside);
            vectors.Save(path);
            Assert.True(File.Exists(parts) && SubwordVectors.AreBeside(path));
            SubwordVectors loaded = SubwordVectors.Load(path);
            float[] before = new float[20], after = new float[20];
            foreach (string word in (string[])["hiking", "woodstone", "glassy"])
            {
                Assert.True(vectors.Write(word, before) && loaded.Write(word, after));
                Assert.Equal(before, after);
            }

            Assert.Equal(vectors.Nearest("hiking", 3).Select(one => one.Word), loaded.Nearest("hiking", 3).Select(one => one.Word));
            Assert.Equal((3, 5, 5000), (loaded.Parts.Shortest, loaded.Parts.Longest, loaded.Parts.Buckets));

            byte[] bytes = File.ReadAllBytes(parts);
            Refused(bytes[..^7], "parts.safetensors");
            Refused([.. "nothing of the kind"u8], "parts.safetensors");
            Refused(Replaced(bytes, "\"version\":\"1\"", "\"version\":\"2\""), "version '2'");
            Refused(Replaced(bytes, "\"shortest\":\"3\"", "\"shortest\":\"9\""), "shorter than the shortest");
            Refused(Replaced(bytes, "\"buckets\":\"5000\"", "\"buckets\":\"0005\""), "out of place");
            File.WriteAllBytes(parts, bytes);
            WordVectorFormats.ForName(path).Write(new WordVectors(["another"], new float[20]), path);
            Assert.Contains("other words", Assert.Throws<InvalidDataException>(() => SubwordVectors.Load(path)).Message, StringComparison.Ordinal);
            SubwordVectors.RemoveBeside(path);
            Assert.Contains("method subwords", Assert.Throws<FileNotFoundException>(() => SubwordVectors.Load(path)).Message, StringComparison.Ordinal);

            void Refused(byte[] content, string word)
            {
                File.WriteAllBytes(parts, content);
                Assert.Contains(word, Assert.Throws<InvalidDataException>(() => SubwordVectors.Load(path)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static byte[] Replaced(byte[] bytes, string from, string to)
        {
            string text = System.Text.Encoding.Latin1.GetString(bytes), other = text.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(text, other);
            return System.Text.Encoding.Latin1.GetBytes(other);
        }
    }

    [Fact]
    public void Parts_are_runs_of_letters_with_the_ends_marked()
    {
        // <where>: whe her ere … as in Bojanowski et al. 2017, §3.2: of 7 signs 5 runs of three, 4 of four.
        Assert.Equal(5, new Subwords(3, 3).Of("where").Count);
        Assert.Equal(9, new Subwords(3, 4).Of("where").Count);
        Assert.Equal(5, new Subwords(1, 1).Of("where").Count);
        Assert.Equal(3, new Subwords(3, 3).Of("日本語").Count);
        Assert.Equal(new Subwords(3, 3).Of("where").Skip(1).First(), new Subwords(3, 3).Of("whey").Skip(1).First());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Subwords(4, 3));
    }

    [Fact]
    public void A_corpus_counts_and_leaves_rare_words_out()
    {
        WordCorpus corpus = WordCorpus.Of([["b", "a", "b"], [], ["a", "rare", "b"], ["rare2"]], atLeast: 2);
        Assert.Equal(["b", "a"], corpus.Words.Words);
        Assert.Equal([3L, 2L], corpus.Counts);
        Assert.Equal(5, corpus.Total);
        Assert.Equal([0, 1, 0, -1, 1, 0, -1], corpus.Tokens.ToArray());
        Assert.Equal(["b", "a"], WordCorpus.Of([["b", "a", "b", "c"]], atLeast: 1, atMost: 2).Words.Words);
        Assert.Contains("of 2 words 0", Assert.Throws<ArgumentException>(() => WordCorpus.Of([["a", "b"]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_is_drawn_by_counts_to_three_quarters()
    {
        long[] counts = [10000, 1000, 100, 1];
        NoiseWords noise = new(counts);
        double[] drawn = new double[4];
        for (ulong i = 0; i < 200_000; i++) drawn[noise.Draw(CounterRandom.Bits(1, 2, i))]++;
        double sum = counts.Sum(count => Math.Pow(count, 0.75));
        for (int i = 0; i < 4; i++) Assert.Equal(Math.Pow(counts[i], 0.75) / sum, drawn[i] / 200_000, 0.004);
    }

    [Fact]
    public void Pairs_count_by_their_distance_in_both_orders()
    {
        WordCorpus corpus = WordCorpus.Of([["a", "b", "c"], ["a", "b"]], atLeast: 1);
        Cooccurrences pairs = new(corpus, 2, 10, 0.75, 1, Team.Single, TestContext.Current.CancellationToken);
        Assert.Equal(6, pairs.Count);
        int a = corpus.Words.IdOf("a"), b = corpus.Words.IdOf("b"), c = corpus.Words.IdOf("c");
        Assert.Equal(MathF.Log(2), Assert.Single(pairs[a, b].Logs), 1e-6);
        Assert.Equal(MathF.Log(0.5f), Assert.Single(pairs[c, a].Logs), 1e-6);
        Assert.Equal(MathF.Pow(0.2f, 0.75f), Assert.Single(pairs[b, a].Weights), 1e-6);
    }

    [Fact]
    public void Options_out_of_range_are_told()
    {
        WordCorpus corpus = Corpus();
        Assert.Contains("Width is 0", Refused(s_small with { Width = 0 }), StringComparison.Ordinal);
        Assert.Contains("Window is 101", Refused(s_small with { Window = 101 }), StringComparison.Ordinal);
        Assert.Contains("Epochs is 0", Refused(s_small with { Epochs = 0 }), StringComparison.Ordinal);
        Assert.Contains("Negative is 51", Refused(s_small with { Negative = 51 }), StringComparison.Ordinal);
        Assert.Contains("rate NaN", Refused(s_small with { Rate = float.NaN }), StringComparison.Ordinal);
        Assert.Contains("share -1", Refused(s_small with { Sample = -1 }), StringComparison.Ordinal);
        Assert.Contains("skipgram, cbow", Assert.Throws<ArgumentException>(() => WordVectorTrainers.Named("lsa")).Message, StringComparison.Ordinal);
        string Refused(WordVectorTrainingOptions options) => Assert.Throws<ArgumentException>(() => new SkipGramTrainer().Train(corpus, options)).Message;
    }

    private static IWordVectorTrainer Named(string name) => name == "subwords" ? new SubwordTrainer(new Subwords(3, 4, 500)) : WordVectorTrainers.Named(name);

    /// <summary>Words that end alike are used alike.</summary>
    private static SubwordVectors Inflected()
    {
        string[] roots = ["walk", "talk", "jump", "swim", "bake"], others = ["stone", "glass", "wood", "iron"];
        Random random = new(5);
        List<string[]> sentences = [];
        for (int i = 0; i < 3000; i++)
        {
            sentences.Add([$"{roots[random.Next(5)]}ing", $"{roots[random.Next(5)]}ing", "quickly", $"{roots[random.Next(5)]}ing"]);
            sentences.Add([others[random.Next(4)], others[random.Next(4)], "solid", others[random.Next(4)]]);
        }

        return new SubwordTrainer(new Subwords(3, 5, 5000)).TrainParts(WordCorpus.Of(sentences), s_small with { Epochs = 3 });
    }

    /// <summary>Sentences of six words of one topic: a0 to a7, b0 to b7 and so on.</summary>
    private static WordCorpus Corpus()
    {
        Random random = new(11);
        List<string[]> sentences = [];
        for (int i = 0; i < 4000; i++)
        {
            char topic = (char)('a' + random.Next(Topics));
            sentences.Add([.. Enumerable.Range(0, 6).Select(_ => $"{topic}{random.Next(WordsOfTopic)}")]);
        }

        return WordCorpus.Of(sentences);
    }

    private sealed class Heard : IProgress<WordVectorProgress>
    {
        public List<WordVectorProgress> All { get; } = [];

        public void Report(WordVectorProgress value) => All.Add(value);
    }
}
