namespace Inkling.Vectors.Tests;

/// <summary>Vectors for tests: repeatable, in clusters, so that neighbours mean something.</summary>
internal static class Given
{
    public static float[] Vectors(int count, int dimensions, int seed = 1)
    {
        var centres = new Random(99);
        float[] middle = [.. Enumerable.Range(0, 20 * dimensions).Select(_ => (centres.NextSingle() * 4) - 2)];
        var random = new Random(seed);
        float[] all = new float[count * dimensions];
        for (int i = 0; i < count; i++)
        {
            int centre = random.Next(20) * dimensions;
            for (int j = 0; j < dimensions; j++) all[(i * dimensions) + j] = middle[centre + j] + random.NextSingle() + random.NextSingle() - 1;
        }

        return all;
    }

    public static long[] Keys(int count, long first = 0) => [.. Enumerable.Range(0, count).Select(i => first + i)];

    public static Span<float> At(this float[] vectors, int index, int dimensions) => vectors.AsSpan(index * dimensions, dimensions);

    public static double Distance(Metric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0, squares = 0, aa = 0, bb = 0;
        for (int j = 0; j < a.Length; j++)
        {
            dot += (double)a[j] * b[j];
            squares += ((double)a[j] - b[j]) * ((double)a[j] - b[j]);
            aa += (double)a[j] * a[j];
            bb += (double)b[j] * b[j];
        }

        return metric switch { Metric.Cosine => 1 - (dot / Math.Sqrt(aa * bb)), Metric.Dot => -dot, _ => squares };
    }

    /// <summary>An index of every kind.</summary>
    public static VectorIndex Index(bool graph, VectorIndexOptions options) => graph
        ? new HnswIndex(new HnswOptions { Dimensions = options.Dimensions, Metric = options.Metric, Storage = options.Storage, Rerank = options.Rerank, EfConstruction = 100 })
        : new ExactIndex(options);

    /// <summary>The share of hits that are as near as the true ones, so that ties count.</summary>
    public static double Recall(VectorIndex index, float[] vectors, float[] queries, int k, SearchOptions? options = null, Func<int, bool>? among = null)
    {
        int d = index.Dimensions, right = 0, wanted = 0;
        for (int q = 0; q < queries.Length / d; q++)
        {
            int at = q;
            double[] true_ = [.. Enumerable.Range(0, vectors.Length / d).Where(i => among?.Invoke(i) ?? true).Select(i => Distance(index.Metric, queries.At(at, d), vectors.At(i, d))).Order().Take(k)];
            VectorHit[] hits = index.Search(queries.At(q, d), k, options);
            wanted += true_.Length;
            right += hits.Count(hit => Distance(index.Metric, queries.At(at, d), vectors.At((int)hit.Key, d)) <= true_[^1] + 1e-5);
        }

        return right / (double)wanted;
    }
}
