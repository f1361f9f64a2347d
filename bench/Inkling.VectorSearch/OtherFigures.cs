using System.Diagnostics;
using Inkling.Numerics;
using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>What has no peer here: storages, exact search beside the bandwidth of memory, opening a large file.</summary>
internal static class OtherFigures
{
    private const int K = 10;

    /// <summary>Recall, speed and memory of each storage, on 20,000 clustered vectors.</summary>
    public static void Storages()
    {
        DataSet data = DataSet.Clustered(20_000, 128);
        Recall recall = new(data, K);
        Console.WriteLine($"\n## Storages\n\n{data.Name}, M 16, efConstruction 100, one thread.\n");
        Console.WriteLine("| storage | re-ranked | row bytes | of float32 | recall at ef 32 | ef 64 | ef 128 | q/s at ef 64 |\n|---|---|---|---|---|---|---|---|");
        foreach ((VectorStorage storage, bool rerank) in ((VectorStorage, bool)[])[(VectorStorage.Float32, false), (VectorStorage.Float16, false), (VectorStorage.Int8, false), (VectorStorage.Int8, true), (VectorStorage.Binary, true)])
        {
            HnswOptions options = new() { Dimensions = 128, Metric = data.Metric, Storage = storage, Rerank = rerank, EfConstruction = 100 };
            (HnswIndex index, _, _) = Ours.Build(data, options, 1);
            double Found(int ef) => recall.Of(Ours.Search(index, data, ef, K, Team.Single).Labels);
            (double few, double some, double many) = (Found(32), Found(64), Found(128));
            double seconds = Enumerable.Range(0, 3).Min(_ => Ours.Search(index, data, 64, K, Team.Single).Processor);
            int row = RowFormat.Of(storage, data.Metric, 128).Stride;
            Console.WriteLine($"| {storage} | {(rerank ? "yes" : "no")} | {row} | {row / 512.0:F3} | {few:F4} | {some:F4} | {many:F4} | {data.QueriesCount / seconds:F0} |");
        }
    }

    /// <summary>Exact search of 100,000 × 128, one query at a time, beside reading the bytes of its rows; in turn, on one thread and on two.</summary>
    public static void Exact()
    {
        const int Count = 100_000, Dimensions = 128, Rounds = 60;
        DataSet data = DataSet.Uniform(Count, Dimensions);
        Console.WriteLine("\n## Exact search\n\n100,000 × 128, L2, best of 60 in turn. Reading is a sum over as many bytes as the rows have.\n");
        Console.WriteLine("| storage | threads | a query, ms | GB/s | reading, ms | GB/s | ratio |\n|---|---|---|---|---|---|---|");
        foreach (VectorStorage storage in (VectorStorage[])[VectorStorage.Float32, VectorStorage.Float16, VectorStorage.Int8])
        {
            ExactIndex index = new(new VectorIndexOptions { Dimensions = Dimensions, Metric = Metric.L2, Storage = storage });
            index.Add(Recall.Keys(Count), data.Base);
            double bytes = (double)RowFormat.Of(storage, Metric.L2, Dimensions).Stride * Count;
            Slab memory = new((int)(bytes / sizeof(float)));
            memory.Span.Fill(1);
            VectorHit[] hits = new VectorHit[K];
            foreach (int threads in (int[])[1, 2])
            {
                using Team team = new(threads);
                index.Team = team;
                double search = double.MaxValue, read = double.MaxValue;
                for (int round = 0; round < Rounds; round++)
                {
                    search = double.Min(search, Seconds(() => index.Search(data.Queries.AsSpan(round * Dimensions, Dimensions), hits)));
                    SumBody body = new(memory, threads);
                    read = double.Min(read, Seconds(() => team.For(threads, ref body)));
                }

                Console.WriteLine($"| {storage} | {threads} | {search * 1e3:F2} | {bytes * 1e-9 / search:F1} | {read * 1e3:F2} | {bytes * 1e-9 / read:F1} | **{read / search:F2}** |");
            }
        }
    }

    /// <summary>Opening a file of a million vectors, and the first query.</summary>
    public static void Opening(string folder)
    {
        const int Count = 1_000_000, Dimensions = 16;
        DataSet data = DataSet.Uniform(Count, Dimensions);
        (HnswIndex index, _, _) = Ours.Build(data, new HnswOptions { Dimensions = Dimensions, Metric = Metric.L2, M = 4, EfConstruction = 8 }, Environment.ProcessorCount);
        string path = Path.Combine(folder, "million.index");
        double saving = Seconds(() => index.Save(path)), opening = double.MaxValue, first = double.MaxValue, verifying = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            VectorIndex? opened = null;
            opening = double.Min(opening, Seconds(() => opened = VectorIndex.Open(path)));
            first = double.Min(first, Seconds(() => opened!.Search(data.Queries.AsSpan(round * Dimensions, Dimensions), K)));
            verifying = double.Min(verifying, Seconds(() => opened!.Verify()));
        }

        Console.WriteLine($"\n## A file of a million vectors\n\n{new FileInfo(path).Length / 1e6:F0} MB: saved in {saving:F2} s; opened in {opening * 1e3:F1} ms, first query {first * 1e3:F1} ms (best of 5, pages in the system's cache), verified in {verifying * 1e3:F0} ms.");
    }

    /// <summary>Reads a share of some memory.</summary>
    private readonly struct SumBody(Slab memory, int shares) : IChunkBody
    {
        public void Run(int chunk)
        {
            int share = memory.Length / shares;
            if (Reduce.Sum(memory.Span.Slice(chunk * share, share)) < 0) throw new InvalidOperationException();
        }
    }

    private static double Seconds(Action work)
    {
        long from = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}
