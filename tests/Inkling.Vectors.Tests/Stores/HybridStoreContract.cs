namespace Inkling.Vectors.Tests;

/// <summary>What every store does, wherever it keeps its entries.</summary>
public abstract class HybridStoreContract
{
    private static readonly DateTimeOffset s_day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Opens the store of a name that is this test's own; the same one again for the same name.</summary>
    protected abstract IHybridStore Open(HybridStoreOptions options);

    private static string NewName() => "test-" + Guid.NewGuid().ToString("N");

    private IHybridStore Some(string? name = null, Metric metric = Metric.Cosine)
    {
        IHybridStore store = Open(new HybridStoreOptions { Dimensions = 2, Metric = metric, Name = name ?? NewName() });
        store.Set(
        [
            Entry(1, "we agreed on the dates", 1, 0, "Anna <anna@example.org>", "inbox", 0), Entry(2, "the agreed dates of last year", -1, 0.2f, "Ben <ben@example.org>", "inbox", 1),
            Entry(3, "it is settled when we meet", 1, 0.5f, "Anna <anna@example.org>", "sent", 2), Entry(4, "lunch", 0, 1, "100% \"quoted\" _ O'Neil", "inbox", 3),
        ]);
        return store;
    }

    private static HybridEntry Entry(long key, string text, float x, float y, string from = "nobody", string folder = "inbox", int day = 0) =>
        new(key, text, new[] { x, y }) { Labels = new Dictionary<string, string> { ["from"] = from, ["folder"] = folder }, Time = s_day.AddDays(day) };

    private static long[] Keys(HybridHit[] hits) => [.. hits.Select(hit => hit.Key)];

    [Fact]
    public void What_words_and_vector_find_comes_first()
    {
        using IHybridStore store = Some();
        HybridHit[] hits = store.Search("dates agreed", [1, 0.1f], 10);
        Assert.Equal((1L, 1, 1), (hits[0].Key, hits[0].TextRank, hits[0].VectorRank));
        Assert.Equal(2 / 61.0, hits[0].Score, 1e-6);
        Assert.Equal((0, 2), hits.Where(hit => hit.Key == 3).Select(hit => (hit.TextRank, hit.VectorRank)).Single());
        Assert.Equal([1L, 3], Keys(store.Search("", [1, 0.1f], 2)));
        Assert.Equal([1L, 2], Keys(store.Search("agreed", [], 10)).Order());
        Assert.Equal([4L], Keys(store.Search("lunch", [1, 0], 10, null, new HybridSearchOptions { VectorWeight = 0 })));
        Assert.Equal([1L], Keys(store.Search("dates", [1, 0.1f], 1)));
        Assert.Empty(store.Search("", [], 5));
        Assert.Empty(store.Search("unheard", [], 5));
    }

    [Theory]
    [InlineData(Metric.Cosine, new long[] { 1, 2, 3 })]
    [InlineData(Metric.Dot, new long[] { 2, 1, 3 })]
    [InlineData(Metric.L2, new long[] { 1, 3, 2 })]
    public void Near_is_what_the_metric_says(Metric metric, long[] order)
    {
        using IHybridStore store = Open(new HybridStoreOptions { Dimensions = 2, Metric = metric, Name = NewName() });
        store.Set([Entry(1, "", 1, 0), Entry(2, "", 5, 1), Entry(3, "", 0, 1)]);
        Assert.Equal((metric, 2, 3L), (store.Metric, store.Dimensions, store.Count));
        Assert.Equal(order, Keys(store.Search("", [1, 0], 3)));
    }

    [Fact]
    public void Filters_hold_for_both_sides()
    {
        using IHybridStore store = Some();
        long[] Found(HybridFilter filter) => [.. Keys(store.Search("agreed dates lunch settled", [1, 0.1f], 10, filter)).Order()];
        Assert.Equal([1L, 3], Found(new() { LabelParts = new Dictionary<string, string> { ["from"] = "ANNA@" } }));
        Assert.Equal([3L], Found(new() { LabelParts = new Dictionary<string, string> { ["from"] = "anna" }, Labels = new Dictionary<string, string> { ["folder"] = "sent" } }));
        Assert.Equal([2L, 3], Found(new() { From = s_day.AddDays(1), Before = s_day.AddDays(3) }));
        Assert.Equal([4L], Found(new() { LabelParts = new Dictionary<string, string> { ["from"] = "% \"quoted\" _ o'" } }));
        Assert.Empty(Found(new() { Labels = new Dictionary<string, string> { ["folder"] = "in" } }));
        Assert.Empty(Found(new() { Labels = new Dictionary<string, string> { ["none"] = "inbox" } }));
        store.Set([new HybridEntry(5, "dates without a day", new float[] { 1, 0 })]);
        Assert.DoesNotContain(5L, Found(new() { Before = s_day.AddDays(99) }));
    }

    [Fact]
    public void Entries_are_read_replaced_and_removed()
    {
        using IHybridStore store = Some();
        HybridEntry read = store.Read([99, 3]).Single();
        Assert.Equal((3, "it is settled when we meet", s_day.AddDays(2)), (read.Key, read.Text, read.Time));
        Assert.Equal([1f, 0.5f], read.Vector.ToArray());
        Assert.Equal("sent", read.Labels["folder"]);
        store.Set([Entry(3, "first", 1, 0), Entry(3, "other words", 0, -1), Entry(9, "zero\0byte", 1, 1)]);
        Assert.Equal("other words", store.Read([3]).Single().Text);
        Assert.Empty(store.Search("settled", [], 5));
        Assert.Equal(5, store.Count);
        Assert.Equal(2, store.Remove([3, 4, 77]));
        Assert.Equal([1L, 2, 9], store.Read([9, 4, 3, 2, 1]).Select(entry => entry.Key).Order());
        Assert.Equal(3, store.Search("", [0, 1], 10).Length);
        store.Set([]);
        Assert.Equal(0, store.Remove([]));
    }

    [Fact]
    public void What_is_saved_is_there_when_it_is_opened_again()
    {
        string name = NewName();
        using (IHybridStore store = Some(name))
            store.Save();
        using IHybridStore again = Open(new HybridStoreOptions { Dimensions = 2, Name = name });
        Assert.Equal(4, again.Count);
        Assert.Equal(1, again.Search("dates agreed", [1, 0.1f], 1)[0].Key);
        Assert.Equal("Ben <ben@example.org>", again.Read([2])[0].Labels["from"]);
        again.Set([Entry(5, "one more", 1, 1)]);
        Assert.Equal(5, again.Count);
        HybridStoreException other = Assert.Throws<HybridStoreException>(() => Open(new HybridStoreOptions { Dimensions = 3, Name = name }));
        Assert.Contains("vectors of 2", other.Message, StringComparison.Ordinal);
        Assert.Throws<HybridStoreException>(() => Open(new HybridStoreOptions { Dimensions = 2, Metric = Metric.L2, Name = name }));
    }

    [Fact]
    public void Characters_that_are_none_are_stored_and_looked_for_all_the_same()
    {
        using IHybridStore store = Some();
        Dictionary<string, string> odd = new() { ["a\0b"] = "c\0d", ["e\ud800"] = "f\udc00g" };
        store.Set([new HybridEntry(7, "odd\0 \ud800words", new float[] { 1, 1 }) { Labels = odd }]);
        Assert.Equal([7L], Keys(store.Search("odd\0 \udc00", [], 5)));
        Assert.Equal([7L], Keys(store.Search("", [1, 1], 5, new() { Labels = odd })));
        Assert.Equal([7L], Keys(store.Search("", [1, 1], 5, new() { LabelParts = odd })));
        Assert.Equal(2, store.Read([7]).Single().Labels.Count);
    }

    [Fact]
    public void Wrong_arguments_change_nothing()
    {
        using IHybridStore store = Some();
        Assert.Contains("3 elements", Assert.Throws<ArgumentException>(() => store.Set([Entry(8, "good", 1, 1), new HybridEntry(9, "", new float[3])])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => store.Set([Entry(8, "good", 1, 1), Entry(9, "", 0, 0)]));
        Assert.Throws<ArgumentException>(() => store.Set([Entry(8, "good", 1, 1), Entry(9, "", float.NaN, 0)]));
        foreach (HybridEntry bad in (HybridEntry[])[null!, Entry(9, null!, 1, 1), Entry(9, "", 1, 1) with { Labels = null! }, Entry(9, "", 1, 1, from: null!)])
            Assert.Throws<ArgumentException>(() => store.Set([Entry(8, "good", 1, 1), bad]));
        Assert.Equal(4, store.Count);
        Assert.Throws<ArgumentException>(() => store.Search("", [1], 5));
        Assert.Throws<ArgumentException>(() => store.Search("", [1, 0], 0));
        Assert.Throws<ArgumentException>(() => store.Search("", [1, 0], 5, null, new HybridSearchOptions { Filter = _ => true }));
        Assert.Throws<ArgumentException>(() => Open(new HybridStoreOptions { Dimensions = 0 }));
        Assert.Throws<ArgumentException>(() => Open(new HybridStoreOptions { Dimensions = 2, Name = "x'; DROP" }));
    }

    [Fact]
    public void Of_many_the_nearest_are_found_also_where_few_pass()
    {
        const int Dimensions = 8, Count = 600;
        using IHybridStore store = Open(new HybridStoreOptions { Dimensions = Dimensions, Metric = Metric.L2, Name = NewName() });
        float[] vectors = Given.Vectors(Count, Dimensions), queries = Given.Vectors(10, Dimensions, seed: 5);
        store.Set([.. Enumerable.Range(0, Count).Select(i => new HybridEntry(i, $"number {i}", vectors.At(i, Dimensions).ToArray()) { Labels = new Dictionary<string, string> { ["part"] = $"{i % 50}" } })]);
        int right = 0;
        for (int q = 0; q < 10; q++)
        {
            int at = q;
            double[] nearest = [.. Enumerable.Range(0, Count).Select(i => Given.Distance(Metric.L2, queries.At(at, Dimensions), vectors.At(i, Dimensions))).Order().Take(10)];
            right += store.Search("", queries.At(q, Dimensions), 10).Count(hit => Given.Distance(Metric.L2, queries.At(at, Dimensions), vectors.At((int)hit.Key, Dimensions)) <= nearest[^1] + 1e-5);
            HybridHit[] passing = store.Search("", queries.At(q, Dimensions), 10, new HybridFilter { Labels = new Dictionary<string, string> { ["part"] = "7" } });
            Assert.Equal(10, passing.Length);
            Assert.All(passing, hit => Assert.Equal(7, hit.Key % 50));
        }

        Assert.InRange(right, 95, 100);
    }

    [Fact]
    public async Task Many_may_use_it_at_once()
    {
        using IHybridStore store = Some();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                store.Set([Entry(100 + (thread * 10) + i, "text", 1, i)]);
                Assert.NotEmpty(store.Search("dates", [1, 0], 3));
            }
        })));
        Assert.Equal(44, store.Count);
    }
}
