using System.Runtime.InteropServices;
using Inkling.Nn;

namespace Inkling.Language.Tests.Embeddings;

public sealed class SentenceEncoderTests : IDisposable
{
    private static readonly string[] s_words = ["cat", "dog", "purrs", "barks", "money", "bank", "loan", "the", "a"];

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-sentence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_encoder_computes_what_the_model_does()
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        SentenceEncoder encoder = SentenceEncoder.Of(model, vocabulary);
        using Tape tape = new(new TapeOptions { Recording = false });
        foreach (string text in (string[])["the cat purrs", "A dog barks 12 times at ann@example.org", "Bank"])
        {
            int[] rows = vocabulary.Encode(text);
            Indices words = tape.Indices([rows.Length, 1], rows);
            tape.Begin();
            float[] expected = model.Forward(words).UnitRows().ToArray(), found = Encode(encoder, text);
            Assert.Equal(expected, found, (a, b) => MathF.Abs(a - b) < 0.02f);
        }
    }

    [Fact]
    public void Folders_come_back_as_they_were_and_threads_agree()
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        SentenceEncoder encoder = SentenceEncoder.Of(model, vocabulary);
        encoder.Save(_folder);
        SentenceEncoder read = SentenceEncoder.Load(_folder);
        Assert.Equal((encoder.Name, encoder.Dimensions), (read.Name, read.Dimensions));
        string[] texts = [.. Enumerable.Range(0, 64).Select(i => string.Join(' ', s_words.Skip(i % 7).Take(1 + (i % 3))))];
        float[][] one = [.. texts.Select(text => Encode(encoder, text))], many = new float[texts.Length][];
        Parallel.For(0, texts.Length, i => many[i] = Encode(read, texts[i]));
        Assert.Equal(one, many);
    }

    [Fact]
    public void Empty_long_and_strange_texts_have_vectors()
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        SentenceEncoder encoder = SentenceEncoder.Of(model, vocabulary);
        Assert.All(Encode(encoder, " \n?!"), value => Assert.Equal(0, value));
        string book = string.Join(' ', Enumerable.Repeat("the cat purrs", 40_000));
        Assert.Equal(Encode(encoder, "the cat purrs"), Encode(encoder, book), (a, b) => MathF.Abs(a - b) < 1e-3f);
        Assert.Equal(1, Encode(encoder, "Wojciechowska").Sum(value => (double)value * value), 4);
        Assert.Equal(Encode(encoder, "Wojciechowska"), Encode(encoder, "WOJCIECHOWSKA!"));
        Assert.Contains("room for 2", Assert.Throws<ArgumentException>(() => encoder.Encode("cat", new float[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoding_allocates_nothing()
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        SentenceEncoder encoder = SentenceEncoder.Of(model, vocabulary);
        float[] vector = new float[encoder.Dimensions];
        for (int i = 0; i < 50; i++) encoder.Encode("The cat doesn't purr; the dog barks 3 times at https://example.org", vector);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 100; i++) encoder.Encode("The cat doesn't purr; the dog barks 3 times at https://example.org", vector);
        });
    }

    [Fact]
    public void Training_brings_pairs_into_the_order_of_their_scores()
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        JudgedPair[] judged =
        [
            new("the cat purrs", "a cat purrs", 5), new("a dog barks", "the dog barks", 5), new("the bank", "a loan", 4), new("money", "the bank", 4),
            new("the cat", "the bank", 0), new("a loan", "a dog", 0), new("purrs", "money", 0), new("barks", "loan", 0),
        ];
        SentenceTrainingOptions options = new() { BatchPairs = 8, BatchMatches = 2, Epochs = 60, WordDropout = 0 };
        double before = SentenceTraining.Correlation(SentenceEncoder.Of(model, vocabulary), judged);
        double best = new SentenceTraining(model, vocabulary, judged, [("cat", "purrs"), ("dog", "barks"), ("bank", "loan")], options).Run(judged, now => SentenceEncoder.Of(now, vocabulary), cancellation: TestContext.Current.CancellationToken);
        Assert.True(best > before && best > 0.85, $"{before:0.00} before, {best:0.00} after");
        Assert.Equal(best, SentenceTraining.Correlation(SentenceEncoder.Of(model, vocabulary), judged), 6);
        Assert.Throws<ArgumentException>(() => new SentenceTraining(model, vocabulary, [], []));
        Assert.Throws<ArgumentException>(() => new SentenceTraining(model, vocabulary, judged, [], options with { Temperature = 0 }));
    }

    [Fact]
    public void A_question_is_aligned_by_its_nearest_words()
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        WordAlignment alignment = new(SentenceEncoder.Of(model, vocabulary), "cat money");
        Assert.Equal(1, alignment.Fit("money for the cat"), 4);
        Assert.InRange(alignment.Fit("a cat"), 0.2, 0.99);
        Assert.Equal(0, alignment.Fit(""));
        Assert.Equal(0, new WordAlignment(SentenceEncoder.Of(model, vocabulary), "?").Fit("money"));
    }

    [Theory]
    [InlineData("config.json", "{\"format\": \"inkling-mail\"}", "sentence encoder")]
    [InlineData("config.json", "{", "cannot be read")]
    [InlineData("config.json", "{\"format\": \"inkling-sentence-encoder\", \"version\": 9}", "version 1")]
    [InlineData("config.json", "{\"format\": \"inkling-sentence-encoder\", \"version\": 1, \"dimensions\": 0}", "dimensions")]
    [InlineData("words.txt", "cat\ncat\n", "words.txt")]
    [InlineData("words.txt", "cat\n", "weights.safetensors")]
    [InlineData("weights.safetensors", "nothing", "weights.safetensors")]
    public void Damaged_folders_are_told(string file, string content, string named)
    {
        (SentenceModel model, SentenceVocabulary vocabulary) = Made();
        SentenceEncoder.Of(model, vocabulary).Save(_folder);
        File.WriteAllText(Path.Combine(_folder, file), content);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => SentenceEncoder.Load(_folder)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, file));
        Assert.Throws<InvalidDataException>(() => SentenceEncoder.Load(_folder));
    }

    [Fact]
    public void The_shipped_model_is_small_and_agrees_with_people()
    {
        string folder = Shipped();
        Assert.InRange(Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length), 1, 12_000_000);
        Assert.DoesNotContain(File.ReadLines(Path.Combine(folder, "words.txt")), word => word.Any(char.IsDigit) || word.Contains('@', StringComparison.Ordinal));
        SentenceEncoder encoder = SentenceEncoder.Load(folder);
        double same = Cosine(encoder, "When shall we meet?", "What time is our meeting?"), other = Cosine(encoder, "When shall we meet?", "The invoice is attached.");
        Assert.True(same > other + 0.15, $"{same:0.00} and {other:0.00}");
        var dev = SimilarSentences.Read("stsb-en-dev.csv");
        double agreement = SimilarSentences.Spearman(encoder, dev);
        TestContext.Current.TestOutputHelper?.WriteLine($"Spearman {agreement:0.0000}");
        Assert.True(agreement >= 0.70, $"Spearman {agreement:0.0000} on STS-B dev");
    }

    private static string Shipped()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "models", "sentence");
    }

    private static double Cosine(SentenceEncoder encoder, string a, string b) => Encode(encoder, a).Zip(Encode(encoder, b), (x, y) => (double)x * y).Sum();

    private static float[] Encode(SentenceEncoder encoder, string text)
    {
        float[] vector = new float[encoder.Dimensions];
        encoder.Encode(text, vector);
        return vector;
    }

    private (SentenceModel Model, SentenceVocabulary Vocabulary) Made()
    {
        const int Width = 8;
        string words = Path.Combine(_folder, "made.txt"), rows = Path.Combine(_folder, "made.f32");
        Random random = new(3);
        File.WriteAllLines(words, s_words);
        File.WriteAllBytes(rows, MemoryMarshal.AsBytes(Enumerable.Range(0, s_words.Length * Width).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray().AsSpan()).ToArray());
        WordVectors vectors = WordVectors.Read(words, rows);
        SentenceVocabulary vocabulary = new(s_words);
        SentenceModel model = new SentenceModel(vocabulary.Rows, Width, hidden: 6).Build(seed: 5);
        model.Begin(vocabulary, vectors, ["the cat purrs", "a dog barks", "the bank"]);
        File.Delete(words);
        File.Delete(rows);
        return (model, vocabulary);
    }
}
