using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors.Data.Tests;

/// <summary>Vectors that a generator makes of texts.</summary>
public sealed class EmbeddingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Texts_become_vectors_when_they_are_put_in_and_when_they_are_searched(bool ofTheStore)
    {
        using Letters letters = new();
        using Stores stores = new(true, new InklingVectorStoreOptions { EmbeddingGenerator = ofTheStore ? letters : null });
        VectorStoreCollectionDefinition definition = new()
        {
            EmbeddingGenerator = ofTheStore ? null : letters,
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreDataProperty("Title", typeof(string)), new VectorStoreVectorProperty("Text", typeof(string), 26)],
        };
        VectorStoreCollection<int, Page> pages = stores.Store.GetCollection<int, Page>("pages", definition);
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync([new() { Id = 1, Title = "one", Text = "aaa b" }, new() { Id = 2, Title = "two", Text = "zzz y" }, new() { Id = 3, Title = "none", Text = null }]);
        Assert.Equal(1, letters.Calls);
        VectorSearchResult<Page>[] found = await pages.SearchAsync("zy", 5).ToArrayAsync();
        Assert.Equal(["two", "one"], found.Select(one => one.Record.Title));
        Assert.Equal(2, letters.Calls);
        Assert.Throws<NotSupportedException>(() => pages.SearchAsync("zy", 5, new() { IncludeVectors = true }));
    }

    [Fact]
    public async Task A_vector_property_may_be_searched_by_text_where_there_is_a_generator()
    {
        using Letters letters = new();
        using Stores stores = new(false, new InklingVectorStoreOptions { EmbeddingGenerator = letters });
        VectorStoreCollection<object, Dictionary<string, object?>> pages = stores.Store.GetDynamicCollection("pages", new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("At", typeof(Embedding<float>), 26)],
        });
        await pages.EnsureCollectionExistsAsync();
        await pages.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 5, ["At"] = (await letters.GenerateAsync(["abc"]))[0] });
        Assert.Equal(5, (await pages.SearchAsync("abd", 1).SingleAsync()).Record["Id"]);
        Assert.Equal(26, ((Embedding<float>)(await pages.GetAsync(5, new RecordRetrievalOptions { IncludeVectors = true }))!["At"]!).Vector.Length);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_ends_after_its_collection_is_gone_fails(bool inFolder, bool isDeleted)
    {
        using Letters letters = new();
        using Stores stores = new(inFolder, new InklingVectorStoreOptions { EmbeddingGenerator = letters });
        VectorStoreCollection<int, Page> pages = stores.Store.GetCollection<int, Page>("pages", new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Text", typeof(string), 26)],
        });
        await pages.EnsureCollectionExistsAsync();
        letters.Meanwhile = async () =>
        {
            if (isDeleted) await stores.Store.EnsureCollectionDeletedAsync("pages");
            else stores.Store.Dispose();
        };
        Assert.Contains("nothing was changed", (await Assert.ThrowsAsync<VectorStoreException>(() => pages.UpsertAsync(new Page { Id = 1, Text = "a" }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_a_generator_is_refused()
    {
        using Stores stores = new(false);
        Assert.ThrowsAny<Exception>(() => stores.Store.GetCollection<int, Page>("pages", new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreVectorProperty("Text", typeof(string), 26)],
        }));
    }

    private sealed class Page
    {
        public int Id { get; set; }

        public string? Title { get; set; }

        public string? Text { get; set; }
    }

    /// <summary>Counts letters.</summary>
    private sealed class Letters : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Calls { get; private set; }

        public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            await Meanwhile();
            return new GeneratedEmbeddings<Embedding<float>>(values.Select(text =>
            {
                float[] counts = new float[26];
                foreach (char c in text.Where(char.IsAsciiLetterLower)) counts[c - 'a']++;
                return new Embedding<float>(counts);
            }));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose()
        {
        }
    }
}
