using System.IO.Compression;
using System.Runtime.InteropServices;
using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>Vectors to search among, and queries.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Metric">What is near.</param>
/// <param name="Dimensions">Elements of a vector.</param>
/// <param name="Base">One vector after the other.</param>
/// <param name="Queries">The same.</param>
internal sealed record DataSet(string Name, Metric Metric, int Dimensions, float[] Base, float[] Queries)
{
    private const int QueryCount = 1000;

    public int Count => Base.Length / Dimensions;

    public int QueriesCount => Queries.Length / Dimensions;

    /// <summary>1,000 centres from N(0, 1), points and queries centre + 0.7 · N(0, 1).</summary>
    public static DataSet Clustered(int count, int dimensions)
    {
        var random = new Random(1);
        float[] centres = Fill(1000 * dimensions, () => Gauss(random));
        float[] Points(int n)
        {
            float[] points = new float[n * dimensions];
            for (int i = 0; i < n; i++)
            {
                int centre = random.Next(1000) * dimensions;
                for (int j = 0; j < dimensions; j++)
                    points[(i * dimensions) + j] = centres[centre + j] + (0.7f * Gauss(random));
            }

            return points;
        }

        return new DataSet($"clustered {count / 1000}k × {dimensions}, L2", Metric.L2, dimensions, Points(count), Points(QueryCount));
    }

    /// <summary>Uniform in the unit cube.</summary>
    public static DataSet Uniform(int count, int dimensions)
    {
        var random = new Random(2);
        return new DataSet(
            $"uniform {count / 1000}k × {dimensions}, L2", Metric.L2, dimensions, Fill(count * dimensions, random.NextSingle), Fill(QueryCount * dimensions, random.NextSingle));
    }

    /// <summary>GloVe words by cosine, normalised for both; every 99th word is a query and not among the others. Null where the file is not there.</summary>
    public static DataSet? Glove(string folder)
    {
        const int Dimensions = 100, Step = 99;
        string path = Path.Combine(folder, "vectors", "glove100", "glove100_100k.f32.gz");
        if (!File.Exists(path)) return null;
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        ReadOnlySpan<float> all = MemoryMarshal.Cast<byte, float>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        List<float> vectors = [], queries = [];
        for (int word = 0; word < all.Length / Dimensions; word++)
        {
            float[] vector = all.Slice(word * Dimensions, Dimensions).ToArray();
            float norm = MathF.Sqrt(vector.Sum(x => x * x));
            if (norm == 0) continue;
            (word % Step == Step / 2 && queries.Count < QueryCount * Dimensions ? queries : vectors).AddRange(vector.Select(x => x / norm));
        }

        return new DataSet("GloVe 100k × 100, cosine", Metric.Cosine, Dimensions, [.. vectors], [.. queries]);
    }

    private static float[] Fill(int count, Func<float> next)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = next();
        return values;
    }

    private static float Gauss(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
