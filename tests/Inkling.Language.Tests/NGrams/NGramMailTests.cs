using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Inkling.Text;

namespace Inkling.Language.Tests;

/// <summary>The tokenizer, the n-gram model and the cache on real mail, small enough for some seconds.</summary>
public sealed class NGramMailTests
{
    private static readonly string[] s_marks = ["<s>", "</s>"];

    private static List<string> Mail(string file, int mails)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx")))
            folder = Path.GetDirectoryName(folder);
        string path = Path.Combine(folder ?? "", "..", "shared", "data", "mail", file);
        if (!File.Exists(path))
            Assert.Skip($"Not tried on real mail: ../shared/data/mail/{file} is not there.");
        var texts = new List<string>();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (texts.Count < mails && reader.ReadLine() is { } line)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            texts.Add(json.RootElement.GetProperty("text").GetString()!);
        }
        return texts;
    }

    [Fact]
    public void Mail_of_people_never_seen_takes_few_bits_and_fewer_with_the_cache()
    {
        List<string> train = Mail("train.jsonl.gz", 4_000);
        Tokenizer tokenizer = BpeTrainer.Train(train, new BpeTrainerOptions { VocabularySize = 4_096, SpecialTokens = s_marks });
        var trainer = new NGramTrainer(new NGramTrainerOptions { VocabularySize = 4_096, PartMarks = [0], MaximumNGrams = 300_000 });
        var tokens = new List<int>();
        foreach (string text in train)
            trainer.Add(Encode(text));
        NGramModel model = trainer.Train(TestContext.Current.CancellationToken);
        var cache = new CacheModel(new CacheOptions { VocabularySize = 4_096, Ignored = [0, 1] });

        PredictorState state = model.NewState(), said = cache.NewState();
        var probabilities = new float[4_096];
        double bits = 0, bitsWithCache = 0;
        int characters = 0;
        foreach (string text in Mail("valid_author.jsonl.gz", 60))
        {
            ReadOnlySpan<int> ids = Encode(text);
            state.Reset();
            said.Reset();
            for (int i = 0; i + 1 < ids.Length; i++)
            {
                model.Step(state, ids[i]);
                cache.Step(said, ids[i]);
                model.Predict(state, probabilities);
                Assert.Equal(1, Sum(probabilities), 1e-4);
                bits -= Math.Log2(probabilities[ids[i + 1]]);
                cache.Blend(said, probabilities);
                Assert.Equal(1, Sum(probabilities), 1e-4);
                bitsWithCache -= Math.Log2(probabilities[ids[i + 1]]);
            }
            characters += text.Length;
        }
        // An order-0 model of letters takes about 4.5 bits, a uniform choice of pieces about 4.
        Assert.True(bits / characters < 2.6, $"{bits / characters:F3} bits per character");
        Assert.True(bitsWithCache < 0.99 * bits, $"{bitsWithCache / characters:F3} with the cache, {bits / characters:F3} without");

        ReadOnlySpan<int> Encode(string text)
        {
            tokens.Clear();
            tokens.Add(0);
            tokenizer.EncodePlain(text, tokens);
            tokens.Add(1);
            return CollectionsMarshal.AsSpan(tokens);
        }
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
