using Inkling.Vectors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Inkling.Language.Tests;

/// <summary>An encoder through the abstractions of Microsoft.Extensions.AI alone.</summary>
public sealed class TextEmbeddingGeneratorTests
{
    [Fact]
    public async Task Texts_come_back_as_vectors_in_their_order()
    {
        using IEmbeddingGenerator<string, Embedding<float>> generator = new TextEmbeddingGenerator(new Vowels());
        string[] texts = [.. Enumerable.Range(0, 300).Select(i => new string("aeiou"[i % 5], 1 + i))];
        GeneratedEmbeddings<Embedding<float>> made = await generator.GenerateAsync(texts);
        Assert.Equal(300, made.Count);
        for (int i = 0; i < made.Count; i++)
            Assert.Equal(i % 5, made[i].Vector.Span.IndexOf(1));
        Assert.All(made, one => Assert.Equal(("vowels-1", 5), (one.ModelId, one.Dimensions)));
        Assert.Equal(texts.Sum(text => (long)text.Length), made.Usage!.AdditionalCounts![TextEmbeddingGenerator.CharactersRead]);
        Assert.Equal(1, (await generator.GenerateVectorAsync("e")).Span[1]);
        Assert.Empty(await generator.GenerateAsync([]));
    }

    [Fact]
    public void It_says_what_it_is()
    {
        Vowels vowels = new();
        using TextEmbeddingGenerator generator = new(vowels);
        EmbeddingGeneratorMetadata metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("inkling", "vowels-1", 5), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Same(vowels, generator.GetService(typeof(ITextEncoder)));
        Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
        Assert.Null(generator.GetService(typeof(ITextEncoder), "key"));
        Assert.Null(generator.GetService(typeof(string)));
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused()
    {
        using TextEmbeddingGenerator generator = new(new Vowels());
        Assert.Contains("makes 5", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new() { Dimensions = 3 }))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a"], new() { ModelId = "other" }));
        Assert.Contains("text 1", (await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["a", null!]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => generator.GenerateAsync(["a", Vowels.Wrong, "b"]));
        Assert.Single(await generator.GenerateAsync(["a"], new() { Dimensions = 5, ModelId = "vowels-1" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextEmbeddingGenerator(new Vowels()) { Parallelism = 0 });
    }

    [Fact]
    public async Task It_ends_early_when_it_is_told()
    {
        using TextEmbeddingGenerator generator = new(new Vowels()) { Parallelism = 1 };
        using var cancellation = new CancellationTokenSource();
        int asked = 0;
        IEnumerable<string> Texts()
        {
            for (int i = 0; i < 10; i++)
            {
                asked++;
                yield return i == 5 ? Vowels.Stop : "a";
            }
        }

        Vowels.Stopped = cancellation.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync(Texts(), null, cancellation.Token));
        Assert.Equal(10, asked);
    }

    [Fact]
    public void A_container_of_services_makes_it()
    {
        using ServiceProvider services = new ServiceCollection().AddSingleton<ITextEncoder, Vowels>()
            .AddSingleton<IEmbeddingGenerator<string, Embedding<float>>, TextEmbeddingGenerator>().AddSingleton<VectorStore>(_ => new InklingVectorStore())
            .BuildServiceProvider();
        Assert.Equal("vowels-1", services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId);
        Assert.NotNull(services.GetRequiredService<VectorStore>());
    }

    [Fact]
    public async Task With_a_vector_store_texts_are_found_and_unknown_ones_do_no_harm()
    {
        using TextEmbeddingGenerator generator = new(new Vowels());
        using InklingVectorStore store = new(new InklingVectorStoreOptions { EmbeddingGenerator = generator });
        VectorStoreCollection<int, Line> lines = store.GetCollection<int, Line>("lines");
        await lines.EnsureCollectionExistsAsync();
        await lines.UpsertAsync([new() { Id = 1, Text = "aaa" }, new() { Id = 2, Text = "uuu" }, new() { Id = 3, Text = "xyz" }]);
        int[] found = await lines.SearchAsync("au u", 5).Select(one => one.Record.Id).ToArrayAsync();
        Assert.Equal([2, 1], found);
        Assert.Empty(await lines.SearchAsync("qq", 5).ToArrayAsync());
        Assert.NotNull(await lines.GetAsync(3));
    }

    private sealed class Line
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(5)]
        public string Text { get; set; } = "";
    }

    /// <summary>Counts vowels.</summary>
    private sealed class Vowels : ITextEncoder
    {
        public const string Wrong = "wrong", Stop = "stop";

        public static Action? Stopped { get; set; }

        public string Name => "vowels-1";

        public int Dimensions => 5;

        public void Encode(ReadOnlySpan<char> text, Span<float> vector)
        {
            if (text.SequenceEqual(Wrong)) throw new InvalidOperationException(Wrong);
            if (text.SequenceEqual(Stop)) Stopped?.Invoke();
            float squares = 0;
            for (int i = 0; i < 5; i++)
            {
                vector[i] = text.Count("aeiou"[i]);
                squares += vector[i] * vector[i];
            }

            for (int i = 0; i < 5 && squares > 0; i++) vector[i] /= MathF.Sqrt(squares);
        }
    }
}
