using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors.Data.Tests;

/// <summary>Finding, through the package's own abstractions.</summary>
public sealed class SearchTests
{
    private static readonly ReadOnlyMemory<float> s_east = new([1, 0]);

    /// <summary>Filters, and the notes that pass.</summary>
    public static TheoryData<string, string> Filters => new()
    {
        { "year == 2021", "b" }, { "year != 2021", "acd" }, { "year < 2022", "ab" }, { "year >= 2022", "cd" }, { "and", "b" }, { "or", "ad" }, { "not", "abd" }, { "not bool", "abcd" },
        { "tags contain", "ac" }, { "in list", "bd" }, { "in array", "bd" }, { "any", "bc" }, { "any of", "ab" }, { "null", "d" }, { "not null", "abc" }, { "starts", "ac" }, { "text has", "ac" },
        { "key", "c" }, { "nullable", "" }, { "has value", "" }, { "date", "cd" }, { "method", "ab" }, { "element first", "b" }, { "true", "abcd" }, { "equals", "b" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filters_are_those_of_the_language(string name, string passing)
    {
        using Stores stores = new(false);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        Expression<Func<Note, bool>> filter = Filter(name);
        string Ids(IEnumerable<string> ids) => string.Concat(ids.Order());
        Assert.Equal(passing, Ids(await notes.GetAsync(filter, 100).Select(note => note.Id).ToArrayAsync()));
        Assert.Equal(passing, Ids(await notes.SearchAsync(s_east, 100, new() { Filter = filter }).Select(one => one.Record.Id).ToArrayAsync()));
        Func<Note, bool> compiled = filter.Compile();
        if (name is not ("starts" or "text has")) Assert.Equal(passing, Ids(Note.Some().Where(compiled).Select(note => note.Id)));
    }

    private static Expression<Func<Note, bool>> Filter(string name)
    {
        int year = 2021;
        List<string> list = ["b", "d"];
        string[] array = ["b", "d"], some = ["work", "food"];
        return name switch
        {
            "year == 2021" => note => note.Year == year,
            "year != 2021" => note => note.Year != 2021,
            "year < 2022" => note => note.Year < 2022,
            "year >= 2022" => note => note.Year >= 2022,
            "and" => note => note.Year > 2020 && note.Year <= 2021,
            "or" => note => note.Year == 2020 || note.Id == "d",
            "not" => note => !(note.Year == 2022),
            "not bool" => note => !note.IsPinned,
            "tags contain" => note => note.Tags.Contains("dates"),
            "in list" => note => list.Contains(note.Id),
            "in array" => note => array.Contains(note.Id),
            "any" => note => note.Tags.Any(tag => tag == "food" || tag == "home"),
            "any of" => note => note.Tags.Any(tag => some.Contains(tag)),
            "null" => note => note.Text == null,
            "not null" => note => note.Text != null,
            "starts" => note => note.Text!.StartsWith("we") || note.Text.EndsWith("holidays"),
            "text has" => note => note.Text!.Contains("dates"),
            "key" => note => note.Id == "c",
            "nullable" => note => note.Weight > 0 || note.Weight <= 0,
            "has value" => note => note.Weight.HasValue && note.Weight.Value > 3,
            "date" => note => note.Written > new DateTimeOffset(2021, 6, 1, 0, 0, 0, TimeSpan.Zero),
            "method" => note => note.Year < int.Parse("2022", null),
            "element first" => note => note.Tags.Any() && note.Tags.Any(tag => "food" == tag),
            "equals" => note => note.Id.Equals("b"),
            _ => note => true,
        };
    }

    [Fact]
    public async Task Numbers_are_cast_and_compared_as_in_the_language()
    {
        double nan = double.NaN;
        Expression<Func<Note, bool>>[] filters =
        [
            note => (int)note.Weight! == 2, note => (long)note.Weight! == 2, note => (byte)note.Year == 228, note => (float)note.Year > 2020.5f, note => note.Weight == nan,
            note => note.Weight != nan, note => note.Weight < nan, note => note.Weight > nan, note => note.Weight <= 2.7, note => note.Weight == 2.7, note => (int?)note.Weight > 1,
            note => unchecked((short)(long)note.Weight!) == 2, note => (decimal)note.Year == 2020m,
        ];
        using Stores stores = new(false);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        Note[] all = Note.Some();
        (all[0].Weight, all[1].Weight, all[2].Weight, all[3].Weight) = (2.7, double.NaN, 1e300, -2.7);
        await notes.UpsertAsync(all);
        foreach (Expression<Func<Note, bool>> filter in filters)
        {
            string[] passing = [.. all.Where(filter.Compile()).Select(note => note.Id)];
            string[] found = await notes.GetAsync(filter, 100).Select(note => note.Id).ToArrayAsync();
            Assert.True(passing.SequenceEqual(found), $"{filter}: {string.Concat(found)} and not {string.Concat(passing)}");
        }
    }

    [Fact]
    public async Task A_decimal_that_is_too_large_for_a_cast_does_not_end_a_search()
    {
        using Stores stores = new(false);
        VectorStoreCollection<object, Dictionary<string, object?>> things = stores.Store.GetDynamicCollection("t", new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(int)), new VectorStoreDataProperty("Price", typeof(decimal)), new VectorStoreVectorProperty("At", typeof(float[]), 2)],
        });
        await things.EnsureCollectionExistsAsync();
        await things.UpsertAsync([new() { ["Id"] = 1, ["Price"] = decimal.MaxValue, ["At"] = new float[] { 1, 0 } }, new() { ["Id"] = 2, ["Price"] = 2.5m, ["At"] = new float[] { 1, 0 } }]);
        Assert.Equal(2, (await things.GetAsync(thing => (int)(decimal)thing["Price"]! == 2, 10).SingleAsync())["Id"]);
    }

    [Fact]
    public async Task What_a_filter_cannot_say_is_refused_by_name()
    {
        using Stores stores = new(false);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        Assert.Contains("Length", Assert.Throws<NotSupportedException>(() => notes.GetAsync(note => note.Text!.Length > 3, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => notes.SearchAsync(s_east, 1, new() { Filter = note => note.Year + 1 == 3 }));
    }

    [Fact]
    public async Task The_nearest_come_first_and_top_skip_and_threshold_hold()
    {
        using Stores stores = new(false);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        VectorSearchResult<Note>[] all = await notes.SearchAsync(s_east, 10).ToArrayAsync();
        Assert.Equal(["a", "c", "b", "d"], all.Select(one => one.Record.Id));
        Assert.Equal([1, 0.9 / Math.Sqrt(0.97), 0, -1], all.Select(one => one.Score!.Value), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(["c", "b"], await notes.SearchAsync(s_east, 2, new() { Skip = 1 }).Select(one => one.Record.Id).ToArrayAsync());
        Assert.Equal(["a", "c"], await notes.SearchAsync(s_east, 10, new() { ScoreThreshold = 0.5 }).Select(one => one.Record.Id).ToArrayAsync());
        Assert.True(all[0].Record.Meaning.IsEmpty);
        Note nearest = (await notes.SearchAsync(s_east, 1, new() { IncludeVectors = true }).SingleAsync()).Record;
        Assert.Equal([1f, 0], nearest.Meaning.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => notes.SearchAsync(s_east, 0));
        await Assert.ThrowsAsync<ArgumentException>(async () => await notes.SearchAsync(new ReadOnlyMemory<float>([1]), 1).ToArrayAsync());
        await Assert.ThrowsAsync<NotSupportedException>(async () => await notes.SearchAsync("words", 1).ToArrayAsync());
    }

    [Fact]
    public async Task Filtered_records_are_ordered_as_wanted()
    {
        using Stores stores = new(false);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        await notes.UpsertAsync(Note.Of("e", "of the same year", 2020, 1, 1));
        Assert.Equal(["d", "c", "b", "e", "a"], await notes.GetAsync(note => true, 10, new() { OrderBy = by => by.Descending(note => note.Year).Descending(note => note.Id) }).Select(note => note.Id).ToArrayAsync());
        Assert.Equal(["e", "b"], await notes.GetAsync(note => true, 2, new() { OrderBy = by => by.Ascending(note => note.Year), Skip = 1 }).Select(note => note.Id).ToArrayAsync());
    }

    [Theory]
    [InlineData(DistanceFunction.CosineSimilarity, IndexKind.Hnsw, 0.6, "ca")]
    [InlineData(DistanceFunction.CosineDistance, IndexKind.Flat, 0.4, "ca")]
    [InlineData(DistanceFunction.DotProductSimilarity, IndexKind.Hnsw, 6, "ac")]
    [InlineData(DistanceFunction.NegativeDotProductSimilarity, IndexKind.Flat, -6, "ac")]
    [InlineData(DistanceFunction.EuclideanDistance, IndexKind.Hnsw, 4.47213595, "ca")]
    [InlineData(DistanceFunction.EuclideanSquaredDistance, IndexKind.Flat, 20, "ca")]
    public async Task Every_distance_function_gives_its_score(string function, string kind, double secondScore, string order)
    {
        using Stores stores = new(false);
        VectorStoreCollection<object, Dictionary<string, object?>> things = stores.Store.GetDynamicCollection("t", Points(function, kind));
        await things.EnsureCollectionExistsAsync();
        await things.UpsertAsync([new() { ["Id"] = "a", ["At"] = new float[] { 6, 8 } }, new() { ["Id"] = "c", ["At"] = new float[] { 2, 0.5f } }]);
        // The query is (1, 0) or, where lengths count, (2, 0).
        float[] query = function.StartsWith("Cosine", StringComparison.Ordinal) || function.Contains("Dot", StringComparison.Ordinal) ? [1, 0] : [2, 0];
        if (!function.Contains("Cosine", StringComparison.Ordinal) && !function.Contains("Dot", StringComparison.Ordinal)) await things.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "a", ["At"] = new float[] { 4, 4 } });
        VectorSearchResult<Dictionary<string, object?>>[] found = await things.SearchAsync(query, 5).ToArrayAsync();
        Assert.Equal(order, string.Concat(found.Select(one => one.Record["Id"])));
        double ofA = found.Single(one => (string)one.Record["Id"]! == "a").Score!.Value;
        Assert.Equal(secondScore, ofA, 1e-5);
        Assert.Single(await things.SearchAsync(query, 5, new() { ScoreThreshold = (found[0].Score + found[1].Score) / 2 }).ToArrayAsync());
    }

    [Theory]
    [InlineData(DistanceFunction.HammingDistance, IndexKind.Flat)]
    [InlineData(DistanceFunction.ManhattanDistance, IndexKind.Flat)]
    [InlineData(DistanceFunction.CosineDistance, IndexKind.DiskAnn)]
    [InlineData(DistanceFunction.CosineDistance, IndexKind.IvfFlat)]
    public void What_there_is_not_is_refused_by_name(string function, string kind)
    {
        using Stores stores = new(false);
        string message = Assert.Throws<NotSupportedException>(() => stores.Store.GetDynamicCollection("t", Points(function, kind))).Message;
        Assert.True(message.Contains(function, StringComparison.Ordinal) || message.Contains(kind, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_and_meaning_are_searched_together()
    {
        using Stores stores = new(false);
        var notes = (IKeywordHybridSearchable<Note>)await stores.Notes();
        VectorSearchResult<Note>[] found = await notes.HybridSearchAsync(s_east, ["agreed", "dates"], 10).ToArrayAsync();
        Assert.Equal("a", found[0].Record.Id);
        Assert.Equal((1 / 61.0) + (1 / 61.0), found[0].Score!.Value, 1e-9);
        Assert.Equal("c", (await notes.HybridSearchAsync(s_east, ["agreed", "dates"], 10, new() { Filter = note => note.Year > 2021 }).FirstAsync()).Record.Id);
        Assert.Equal("c", (await notes.HybridSearchAsync(s_east, ["agreed", "dates"], 1, new() { Skip = 1, AdditionalProperty = note => note.Text, VectorProperty = note => note.Meaning }).SingleAsync()).Record.Id);
    }

    [Fact]
    public async Task Of_several_vectors_the_one_that_is_named_is_searched()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Pair> pairs = stores.Store.GetCollection<string, Pair>("pairs");
        await pairs.EnsureCollectionExistsAsync();
        await pairs.UpsertAsync([new() { Id = "x", First = new float[] { 1, 0 }, Second = new float[] { 0, 1, 0 } }, new() { Id = "y", First = null, Second = new float[] { 1, 0, 0 } }]);
        pairs = stores.Reopen().GetCollection<string, Pair>("pairs");
        Assert.Equal("y", (await pairs.SearchAsync(new float[] { 1, 0, 0 }, 1, new() { VectorProperty = one => one.Second }).SingleAsync()).Record.Id);
        Assert.Equal("x", (await pairs.SearchAsync(new float[] { 1, 0 }, 5, new() { VectorProperty = one => one.First }).SingleAsync()).Record.Id);
        Assert.Throws<InvalidOperationException>(() => pairs.SearchAsync(new float[] { 1, 0 }, 1));
        Assert.Null((await pairs.GetAsync("y", new RecordRetrievalOptions { IncludeVectors = true }))!.First);
    }

    private static VectorStoreCollectionDefinition Points(string function, string kind) => new()
    {
        Properties = [new VectorStoreKeyProperty("Id", typeof(string)), new VectorStoreVectorProperty("At", typeof(float[]), 2) { DistanceFunction = function, IndexKind = kind }],
    };

    private sealed class Pair
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float>? First { get; set; }

        [VectorStoreVector(3, IndexKind = IndexKind.Flat)]
        public ReadOnlyMemory<float> Second { get; set; }
    }
}
