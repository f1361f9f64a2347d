using Inkling.Numerics;

namespace Inkling.Vectors.Tests;

/// <summary>What is particular to the graph.</summary>
public sealed class HnswTests
{
    private const int D = 16;

    [Fact]
    public void One_thread_and_one_seed_make_one_graph()
    {
        float[] vectors = Given.Vectors(600, D);
        int[][] Links(ulong seed)
        {
            HnswIndex index = new(new HnswOptions { Dimensions = D, Seed = seed, M = 6 }) { Team = Team.Single };
            // One after the other or many at once, with growth on the way: the same.
            for (int i = 0; i < 300; i++) index.Add(i, vectors.At(i, D));
            index.Add(Given.Keys(300, 300), vectors.AsMemory(300 * D));
            HnswGraph graph = index.State.Graph!;
            return [.. Enumerable.Range(0, 600).SelectMany(place => Enumerable.Range(0, graph.Level(place) + 1).Select(layer => graph.Links(place, layer).ToArray()))];
        }

        Assert.Equal(Links(1), Links(1));
        Assert.NotEqual(Links(1), Links(2));
    }

    [Fact]
    public void Links_are_within_their_number_and_lead_to_places_of_their_layer()
    {
        HnswIndex index = new(new HnswOptions { Dimensions = D, M = 5 });
        index.Add(Given.Keys(2000), Given.Vectors(2000, D));
        HnswGraph graph = index.State.Graph!;
        int[] layers = new int[HnswGraph.MostLevels + 1];
        for (int place = 0; place < 2000; place++)
        {
            for (int layer = 0; layer <= graph.Level(place); layer++)
            {
                layers[layer]++;
                int[] links = graph.Links(place, layer).ToArray();
                Assert.InRange(links.Length, layers[layer] > 1 || layer == 0 ? 1 : 0, layer == 0 ? 10 : 5);
                Assert.Equal(links.Length, links.Distinct().Count());
                Assert.All(links, link => Assert.True(link != place && graph.Level(link) >= layer));
            }
        }

        // A fifth of each layer is on the next.
        Assert.InRange(layers[1], 330, 470);
        Assert.Equal(graph.Level(graph.Entry.Place), graph.Entry.Level);
    }

    [Fact]
    public void The_heuristic_keeps_directions_where_the_simple_choice_keeps_the_nearest()
    {
        // Three close together on one side, one farther away on the other.
        ExactIndex index = new(new VectorIndexOptions { Dimensions = 1, Metric = Metric.L2 });
        float[] at = [0, 1, 1.1f, 1.2f, -2];
        for (int i = 0; i < at.Length; i++) index.Add(i, [at[i]]);
        VectorTable table = index.State.Table;
        SearchScratch scratch = new(table.Format, 16);
        ulong[] nearest = [.. Enumerable.Range(1, 4).Select(i => Ranked.Of(at[i] * at[i], i))];
        int[] chosen = new int[4];
        Assert.Equal([1, 4], chosen[..HnswSelectHeuristic.Run(table, scratch, nearest, 3, chosen)]);
        Assert.Equal([1, 2, 3], chosen[..HnswSelectSimple.Run(nearest, 3, chosen)]);
    }

    [Fact]
    public void More_candidates_find_more()
    {
        var random = new Random(3);
        float[] vectors = [.. Enumerable.Range(0, 3000 * 32).Select(_ => random.NextSingle())], queries = [.. Enumerable.Range(0, 50 * 32).Select(_ => random.NextSingle())];
        HnswIndex index = new(new HnswOptions { Dimensions = 32, Metric = Metric.L2, M = 8, EfConstruction = 60 }) { Team = Team.Single };
        index.Add(Given.Keys(3000), vectors);
        double few = Given.Recall(index, vectors, queries, 10, new SearchOptions { Ef = 10 }), many = Given.Recall(index, vectors, queries, 10, new SearchOptions { Ef = 300 });
        Assert.True(few < many - 0.1, $"{few} with 10 candidates, {many} with 300");
        Assert.InRange(many, 0.97, 1);
        Assert.Equal(1, Given.Recall(index, vectors, queries, 10, new SearchOptions { Exhaustive = true }));
    }

    [Fact]
    public void The_pool_is_the_two_queues_of_the_algorithm()
    {
        float[] vectors = Given.Vectors(1200, D);
        HnswIndex index = new(new HnswOptions { Dimensions = D, Metric = Metric.L2, M = 6 }) { Team = Team.Single };
        index.Add(Given.Keys(1200), vectors);
        float[] query = Given.Vectors(1, D, seed: 8);
        // A filter that keeps all takes the other way, with a queue of candidates and one of results.
        Assert.Equal(index.Search(query, 20, new SearchOptions { Ef = 30 }), index.Search(query, 20, new SearchOptions { Ef = 30, Filter = _ => true }));
    }

    [Fact]
    public void Several_threads_build_as_good_a_graph()
    {
        float[] vectors = Given.Vectors(3000, D), queries = Given.Vectors(40, D, seed: 5);
        using Team team = new(4);
        HnswIndex index = new(new HnswOptions { Dimensions = D, EfConstruction = 80 }) { Team = team };
        index.Add(Given.Keys(3000), vectors);
        Assert.InRange(Given.Recall(index, vectors, queries, 10), 0.98, 1);
    }

    [Fact]
    public void Searching_allocates_nothing_after_the_first_time()
    {
        HnswIndex index = new(new HnswOptions { Dimensions = D });
        float[] vectors = Given.Vectors(500, D);
        index.Add(Given.Keys(500), vectors);
        VectorHit[] hits = new VectorHit[5];
        for (int i = 0; i < 50; i++) index.Search(vectors.At(i, D), hits);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) index.Search(vectors.At(i, D), hits);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
    }

    [Theory]
    [InlineData(4, 0.8)]
    [InlineData(8, 0.9)]
    [InlineData(16, 0.75)]
    public void After_reclaiming_every_place_is_reached_from_the_entry(int m, double removed)
    {
        for (int seed = 1; seed <= 8; seed++)
        {
            const int Count = 1500, Wide = 8;
            float[] vectors = Given.Vectors(Count, Wide, seed);
            HnswIndex index = new(new HnswOptions { Dimensions = Wide, Metric = Metric.L2, M = m, EfConstruction = 40 });
            for (int i = 0; i < Count; i++) index.Add(i, vectors.At(i, Wide));
            var random = new Random(seed);
            for (int i = 0; i < Count; i++)
            {
                if (random.NextDouble() < removed) index.Remove(i);
            }

            index.Reclaim();
            IndexState state = index.State;
            Assert.Equal(state.Table.Count, Reached(state.Graph!));
        }
    }

    private static int Reached(HnswGraph graph)
    {
        HashSet<int> seen = [graph.Entry.Place];
        Queue<int> open = new(seen);
        while (open.TryDequeue(out int place))
        {
            foreach (int link in graph.Links(place, 0))
            {
                if (seen.Add(link)) open.Enqueue(link);
            }
        }

        return seen.Count;
    }
}
