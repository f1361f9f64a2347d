using Inkling.Numerics;

namespace Inkling.Vectors.Tests;

/// <summary>Searches while others add, replace, remove, reclaim and save.</summary>
public sealed class ConcurrencyTests
{
    private const int D = 8, N = 1200;

    public static TheoryData<bool, VectorStorage> Kinds => new() { { false, VectorStorage.Float32 }, { true, VectorStorage.Float32 }, { true, VectorStorage.Int8 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_stays_is_found_whatever_else_comes_and_goes(bool graph, VectorStorage storage)
    {
        VectorIndex index = Given.Index(graph, new VectorIndexOptions { Dimensions = D, Metric = Metric.L2, Storage = storage, Rerank = true });
        float[] stay = Given.Vectors(300, D), pass = Given.Vectors(N, D, seed: 7);
        index.Add(Given.Keys(300), stay);
        using CancellationTokenSource done = new();
        List<Exception> wrong = [];
        Thread[] searching = [.. Enumerable.Range(0, 2).Select(n => Start(wrong, () => Search(index, stay, n, done.Token)))];
        Thread[] changing = [.. Enumerable.Range(0, 3).Select(n => Start(wrong, () => Change(index, pass, n)))];
        using TemporaryFile file = new();
        foreach (Thread thread in changing)
        {
            index.Save(file.Path);
            thread.Join();
        }

        done.Cancel();
        foreach (Thread thread in searching) thread.Join();
        VectorIndex.Open(file.Path).Verify();
        Assert.Empty(wrong.Select(one => one.ToString()));

        // A third of what passed was removed, a third replaced.
        int left = 300 + Enumerable.Range(0, N).Count(i => !IsRemoved(i));
        Assert.Equal(left, index.Count);
        index.Reclaim();
        Assert.Equal(left, index.State.Table.Count);
        Assert.Equal(index.Count, index.Keys().Distinct().Count());
        for (int i = 0; i < 300; i++) Assert.Equal(0, index.Search(stay.At(i, D), 1, new SearchOptions { Ef = 100 })[0].Distance, 1e-5);
    }

    private static void Search(VectorIndex index, float[] stay, int seed, CancellationToken done)
    {
        var random = new Random(seed);
        VectorHit[] hits = new VectorHit[5];
        do
        {
            int one = random.Next(300);
            int found = index.Search(stay.At(one, D), hits, new SearchOptions { Ef = 100 });
            if (found != 5 || hits[0].Distance > 1e-5) throw new InvalidOperationException($"{found} were found, the nearest at {hits[0].Distance}");
            for (int i = 1; i < found; i++)
            {
                if (hits[i].Distance < hits[i - 1].Distance) throw new InvalidOperationException("out of order");
            }
        }
        while (!done.IsCancellationRequested);
    }

    private static void Change(VectorIndex index, float[] pass, int part)
    {
        for (int i = part; i < N; i += 3)
        {
            long key = 1000 + i;
            index.Add(key, pass.At(i, D));
            if (IsRemoved(i) && !index.Remove(key)) throw new InvalidOperationException("it was there");
            if (i / 3 % 3 == 1) index.Set(key, pass.At(N - 1 - i, D));
        }
    }

    private static bool IsRemoved(int i) => i / 3 % 3 == 0;

    [Fact]
    public void Many_setting_one_key_leave_one_vector()
    {
        HnswIndex index = new(new HnswOptions { Dimensions = 2, Metric = Metric.L2 });
        List<Exception> wrong = [];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(n => Start(wrong, () =>
        {
            for (int i = 0; i < 200; i++) index.Set(i % 5, [n, i]);
        }))];
        foreach (Thread thread in threads) thread.Join();
        Assert.Empty(wrong.Select(one => one.ToString()));
        Assert.Equal(5, index.Count);
        Assert.Equal([0L, 1, 2, 3, 4], index.Search([0, 0], 20).Select(hit => hit.Key).Order());
    }

    private static Thread Start(List<Exception> wrong, Action work)
    {
        Thread thread = new(() =>
        {
            try
            {
                work();
            }
            catch (Exception failure)
            {
                lock (wrong) wrong.Add(failure);
            }
        });
        thread.Start();
        return thread;
    }
}
