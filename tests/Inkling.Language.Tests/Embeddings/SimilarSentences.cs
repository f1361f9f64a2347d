using System.Globalization;
using Inkling.Training.Data;
using Inkling.Training.Metrics;

namespace Inkling.Language.Tests.Embeddings;

/// <summary>Pairs of sentences that people judged for likeness (STS-B), read from beside the repository.</summary>
internal static class SimilarSentences
{
    public static string Shared(params string[] path)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx"))) folder = Path.GetDirectoryName(folder);
        string file = Path.Combine([folder ?? "", "..", "shared", "data", .. path]);
        if (!Path.Exists(file)) Assert.Skip($"Not tried on real sentences: ../shared/data/{string.Join('/', path)} is not there.");
        return file;
    }

    public static List<(string A, string B, double Score)> Read(string name)
    {
        using CsvReader reader = CsvReader.Open(Shared("similarity", name), trimSpaces: false);
        List<(string, string, double)> pairs = [];
        while (reader.Read() is { } fields) pairs.Add((fields[0], fields[1], double.Parse(fields[2], CultureInfo.InvariantCulture)));
        return pairs;
    }

    public static double Spearman(ITextEncoder encoder, IReadOnlyList<(string A, string B, double Score)> pairs)
    {
        float[] a = new float[encoder.Dimensions], b = new float[encoder.Dimensions];
        double[] found = [.. pairs.Select(pair =>
        {
            encoder.Encode(pair.A, a);
            encoder.Encode(pair.B, b);
            return a.Zip(b, (x, y) => (double)x * y).Sum();
        })];
        return Inkling.Training.Metrics.Spearman.Of(found, [.. pairs.Select(pair => pair.Score)]);
    }
}
