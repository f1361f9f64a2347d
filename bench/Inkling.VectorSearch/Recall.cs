using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>The share of true neighbours among what was found, by distance, so that of equally far ones any counts.</summary>
internal sealed class Recall(DataSet data, int k)
{
    private readonly double[] _farthest = Farthest(data, k);

    /// <summary>Of labels [queries, k], −1 where nothing was found.</summary>
    public double Of(ReadOnlySpan<int> labels)
    {
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= 0 && Distance(data, i / k, labels[i]) <= _farthest[i / k] + 1e-6) right++;
        }

        return right / (double)labels.Length;
    }

    private static double[] Farthest(DataSet data, int k)
    {
        ExactIndex exact = new(new VectorIndexOptions { Dimensions = data.Dimensions, Metric = data.Metric });
        exact.Add(Keys(data.Count), data.Base);
        return [.. exact.SearchMany(data.Queries, k).Select((hits, query) => hits.Max(hit => Distance(data, query, (int)hit.Key)))];
    }

    public static long[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];

    private static double Distance(DataSet data, int query, int label)
    {
        ReadOnlySpan<float> a = data.Queries.AsSpan(query * data.Dimensions, data.Dimensions), b = data.Base.AsSpan(label * data.Dimensions, data.Dimensions);
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
            sum += data.Metric == Metric.L2 ? ((double)a[j] - b[j]) * ((double)a[j] - b[j]) : -(double)a[j] * b[j];
        return sum;
    }
}
