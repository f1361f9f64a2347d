using System.Diagnostics;
using Inkling.Numerics;
using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>Times an index of ours as the peer times itself.</summary>
internal static class Ours
{
    public static (HnswIndex Index, double Wall, double Processor) Build(DataSet data, HnswOptions options, int threads)
    {
        using Team team = new(threads);
        HnswIndex index = new(options) { Team = team };
        long[] keys = Recall.Keys(data.Count);
        (double wall, double processor) = Time(() => index.Add(keys, data.Base));
        return (index, wall, processor);
    }

    public static (double Wall, double Processor, int[] Labels) Search(VectorIndex index, DataSet data, int ef, int k, Team team)
    {
        int[] labels = new int[data.QueriesCount * k];
        Array.Fill(labels, -1);
        SearchOptions options = new() { Ef = ef };
        index.Team = team;
        (double wall, double processor) = Time(() =>
        {
            if (team.Threads > 1)
            {
                VectorHit[][] all = index.SearchMany(data.Queries, k, options);
                for (int i = 0; i < all.Length; i++)
                {
                    for (int j = 0; j < all[i].Length; j++) labels[(i * k) + j] = (int)all[i][j].Key;
                }

                return;
            }

            Span<VectorHit> hits = stackalloc VectorHit[k];
            for (int i = 0; i < data.QueriesCount; i++)
            {
                int found = index.Search(data.Queries.AsSpan(i * data.Dimensions, data.Dimensions), hits, options);
                for (int j = 0; j < found; j++) labels[(i * k) + j] = (int)hits[j].Key;
            }
        });
        return (wall, processor, labels);
    }

    public static (double Wall, double Processor) Time(Action work)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long from = Stopwatch.GetTimestamp();
        work();
        return (Stopwatch.GetElapsedTime(from).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
}
