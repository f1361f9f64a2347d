using Inkling.Numerics;

namespace Inkling.Vectors.Tests;

/// <summary>What holds for every index: exact and graph, every metric and storage.</summary>
public sealed class ContractTests
{
    private const int D = 24, N = 1500;

    private static readonly float[] s_vectors = Given.Vectors(N, D), s_queries = Given.Vectors(30, D, seed: 2);

    public static TheoryData<bool, Metric, VectorStorage, bool> All()
    {
        TheoryData<bool, Metric, VectorStorage, bool> all = [];
        foreach (bool graph in (bool[])[false, true])
        {
            foreach (Metric metric in Enum.GetValues<Metric>())
            {
                foreach (VectorStorage storage in Enum.GetValues<VectorStorage>())
                {
                    if (storage != VectorStorage.Binary || metric == Metric.Cosine) all.Add(graph, metric, storage, false);
                    if (storage != VectorStorage.Float32) all.Add(graph, metric, storage, true);
                }
            }
        }

        return all;
    }

    public static TheoryData<bool> Kinds => [false, true];

    [Theory]
    [MemberData(nameof(All))]
    public void It_finds_what_is_near_and_says_how_far(bool graph, Metric metric, VectorStorage storage, bool rerank)
    {
        VectorIndex index = Filled(graph, metric, storage, rerank);
        double least = storage switch { VectorStorage.Float32 => 0.99, VectorStorage.Float16 => 0.98, VectorStorage.Int8 => rerank ? 0.98 : 0.9, _ => rerank ? metric == Metric.Cosine ? 0.9 : 0.3 : 0.15 };
        if (metric == Metric.Dot && graph) least -= 0.02;
        Assert.InRange(Given.Recall(index, s_vectors, s_queries, 10, new SearchOptions { Ef = storage == VectorStorage.Binary ? 400 : 100 }), least, 1);

        VectorHit[] hits = index.Search(s_queries.At(0, D), 10);
        Assert.Equal(hits.OrderBy(hit => hit.Distance).Select(hit => hit.Key), hits.Select(hit => hit.Key));
        double tolerance = rerank || storage == VectorStorage.Float32 ? 1e-3 : storage == VectorStorage.Binary ? 2 : 0.05 * D;
        Assert.All(hits, hit => Assert.Equal(Given.Distance(metric, s_queries.At(0, D), s_vectors.At((int)hit.Key, D)), hit.Distance, tolerance));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_gives_back_the_same(bool graph, Metric metric, VectorStorage storage, bool rerank)
    {
        using TemporaryFile file = new();
        VectorIndex index = Filled(graph, metric, storage, rerank);
        for (int key = 0; key < N; key += 7) index.Remove(key);
        index.Save(file.Path);
        VectorIndex opened = VectorIndex.Open(file.Path);
        opened.Verify();

        Assert.Equal(index.GetType(), opened.GetType());
        Assert.Equal(index.Options, opened.Options);
        Assert.Equal(index.Count, opened.Count);
        for (int q = 0; q < 30; q++) Assert.Equal(index.Search(s_queries.At(q, D), 10), opened.Search(s_queries.At(q, D), 10));

        // The first change takes it into memory, and the file stays as it is.
        opened.Add(5000, s_queries.At(0, D));
        Assert.True(opened.Contains(5000) && opened.Contains(1) && !opened.Contains(7));
        Assert.Equal(index.Count, VectorIndex.Open(file.Path).Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equally_near_ones_come_in_the_order_they_were_added(bool graph)
    {
        VectorIndex index = Given.Index(graph, new VectorIndexOptions { Dimensions = 2, Metric = Metric.L2 });
        foreach (long key in (long[])[9, 4, 7, 1]) index.Add(key, [1, 2]);
        Assert.Equal([9, 4, 7], index.Search([1, 2], 3).Select(hit => hit.Key));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_empty_index_finds_nothing_and_a_small_one_all(bool graph)
    {
        VectorIndex index = Given.Index(graph, new VectorIndexOptions { Dimensions = 2 });
        Assert.Empty(index.Search([1, 0], 5));
        Assert.Empty(index.SearchMany(new float[] { 1, 0 }, 5)[0]);
        Assert.False(index.Remove(3));
        index.Add(3, [0, 2]);
        index.Add(4, [2, 0]);
        Assert.Equal([4, 3], index.Search([1, 0], 5).Select(hit => hit.Key));
        Assert.True(index.Remove(4));
        Assert.Equal([3], index.Search([1, 0], 5).Select(hit => hit.Key));
        Assert.True(index.Remove(3));
        Assert.Empty(index.Search([1, 0], 5));
        index.Reclaim();
        Assert.Empty(index.Search([1, 0], 5));
        index.Add(3, [0, 2]);
        Assert.Equal(3, Assert.Single(index.Search([1, 0], 1)).Key);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Replacing_moves_a_vector(bool graph)
    {
        VectorIndex index = Filled(graph, Metric.L2, VectorStorage.Float32, false);
        float[] far = [.. Enumerable.Repeat(50f, D)], back = new float[D];
        index.Set(10, far);
        Assert.Equal(N, index.Count);
        Assert.Equal(new VectorHit(10, 0), index.Search(far, 1)[0]);
        Assert.DoesNotContain(index.Search(s_vectors.At(10, D), 50), hit => hit.Key == 10);
        Assert.True(index.TryGet(10, back));
        Assert.Equal(far, back);
        index.Set(-1, far);
        Assert.Equal(N + 1, index.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Removed_places_are_reclaimed_and_the_rest_is_still_found(bool graph)
    {
        VectorIndex index = Filled(graph, Metric.Cosine, VectorStorage.Float32, false);
        long before = index.SizeInBytes;
        HashSet<long> gone = [.. Given.Keys(N).Where(key => key % 3 != 0)];
        foreach (long key in gone) Assert.True(index.Remove(key));
        Assert.True(index.State.Table.Count < N, "a quarter was removed, and nothing was reclaimed");
        index.Reclaim();

        Assert.Equal(N - gone.Count, index.Count);
        Assert.Equal(index.Count, index.State.Table.Count);
        Assert.True(index.SizeInBytes < before * 2 / 3);
        Assert.InRange(Given.Recall(index, s_vectors, s_queries, 10, null, i => !gone.Contains(i)), 0.98, 1);
        foreach (long key in gone) index.Add(key, s_vectors.At((int)key, D));
        Assert.InRange(Given.Recall(index, s_vectors, s_queries, 10), 0.98, 1);
    }

    [Theory]
    [InlineData(false, 0.5)]
    [InlineData(false, 0.01)]
    [InlineData(true, 0.9)]
    [InlineData(true, 0.5)]
    [InlineData(true, 0.1)]
    [InlineData(true, 0.01)]
    public void A_filter_still_finds_its_number(bool graph, double kept)
    {
        VectorIndex index = Filled(graph, Metric.L2, VectorStorage.Float32, false);
        bool Passes(long key) => key * 7919 % 1000 < kept * 1000;
        SearchOptions options = new() { Filter = Passes };
        int passing = Given.Keys(N).Count(Passes);
        VectorHit[] hits = index.Search(s_queries.At(0, D), 12, options);
        Assert.Equal(Math.Min(12, passing), hits.Length);
        Assert.All(hits, hit => Assert.True(Passes(hit.Key)));
        Assert.InRange(Given.Recall(index, s_vectors, s_queries, 10, options, i => Passes(i)), 0.98, 1);
        Assert.Empty(index.Search(s_queries.At(0, D), 5, new SearchOptions { Filter = _ => false }));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_queries_find_what_each_finds(bool graph)
    {
        VectorIndex index = Filled(graph, Metric.Dot, VectorStorage.Int8, true);
        using Team team = new(3);
        index.Team = team;
        VectorHit[][] all = index.SearchMany(s_queries, 7);
        for (int q = 0; q < all.Length; q++) Assert.Equal(index.Search(s_queries.At(q, D), 7), all[q]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_cannot_be_taken_is_refused_and_changes_nothing(bool graph)
    {
        VectorIndex index = Given.Index(graph, new VectorIndexOptions { Dimensions = 3 });
        index.Add(1, [1, 2, 3]);
        Assert.Contains("2 elements, the index has 3", Assert.Throws<ArgumentException>(() => index.Add(2, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("NaN or infinite", Assert.Throws<ArgumentException>(() => index.Add(2, [1, float.NaN, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("zero", Assert.Throws<ArgumentException>(() => index.Set(2, [0, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => index.Add(1, [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("given twice", Assert.Throws<ArgumentException>(() => index.Add(new long[] { 5, 5 }, new float[] { 1, 2, 3, 4, 5, 6 })).Message, StringComparison.Ordinal);
        Assert.Contains("vector 1", Assert.Throws<ArgumentException>(() => index.Add(new long[] { 5, 6 }, new float[] { 1, 2, 3, 0, 0, 0 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Add(new long[] { 5, 6 }, new float[] { 1, 2, 3 }));
        Assert.Throws<ArgumentException>(() => index.Search([1, 2], 1));
        Assert.Throws<ArgumentException>(() => index.SearchMany(new float[4], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search([1, 2, 3], 0));
        Assert.Throws<ArgumentException>(() => index.TryGet(1, new float[2]));
        Assert.Equal(1, index.Count);
        Assert.Equal([1L], index.Keys());
        index.Add(5, [3, 2, 1]);
        Assert.Equal(2, index.Count);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ExactIndex(new VectorIndexOptions { Dimensions = 0 }));
        Assert.Throws<ArgumentException>(() => new HnswIndex(new HnswOptions { Dimensions = 3, M = 1 }));
        Assert.Throws<ArgumentException>(() => new ExactIndex(new VectorIndexOptions { Dimensions = 3, Metric = Metric.L2, Storage = VectorStorage.Binary }));
        VectorIndex halves = new ExactIndex(new VectorIndexOptions { Dimensions = 1, Metric = Metric.L2, Storage = VectorStorage.Float16 });
        Assert.Contains("too large for Float16", Assert.Throws<ArgumentException>(() => halves.Add(1, [70000])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direction_counts_however_long_the_vector_is()
    {
        ExactIndex index = new(new VectorIndexOptions { Dimensions = 2 });
        index.Add(1, [3e38f, 3e38f]);
        index.Add(2, [1e-44f, 0]);
        index.Add(3, [-1, 1]);
        Assert.Equal([2L, 1, 3], index.Search([1e-42f, 1e-45f], 3).Select(hit => hit.Key));
        Assert.Equal(0, index.Search([1, 1], 1)[0].Distance, 1e-5);
    }

    [Fact]
    public void A_cancelled_addition_leaves_what_was_done()
    {
        HnswIndex index = new(new HnswOptions { Dimensions = D }) { Team = Team.Single };
        using CancellationTokenSource source = new();
        Progress progress = new(done => { if (done >= 64) source.Cancel(); });
        Assert.Throws<OperationCanceledException>(() => index.Add(Given.Keys(N), s_vectors, progress, source.Token));
        Assert.Equal(64, index.Count);
        Assert.Equal(5, index.Search(s_queries.At(0, D), 5).Length);
        index.Add(Given.Keys(N - 64, 64), s_vectors.AsMemory(64 * D));
        Assert.Equal(N, index.Count);
    }

    private static VectorIndex Filled(bool graph, Metric metric, VectorStorage storage, bool rerank)
    {
        VectorIndex index = Given.Index(graph, new VectorIndexOptions { Dimensions = D, Metric = metric, Storage = storage, Rerank = rerank });
        index.Team = Team.Single;
        index.Add(Given.Keys(N), s_vectors);
        return index;
    }

    private sealed class Progress(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
