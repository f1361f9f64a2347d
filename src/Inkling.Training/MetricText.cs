using System.Globalization;
using Inkling.Training.Metrics;

namespace Inkling.Training;

/// <summary>Metrics as a text in a checkpoint: name, figure and direction, with tabs between.</summary>
internal static class MetricText
{
    public static string Write(IReadOnlyList<MetricValue> metrics)
        => string.Join('\t', metrics.Select(metric => string.Create(CultureInfo.InvariantCulture, $"{metric.Name}\t{metric.Value:R}\t{(metric.HigherIsBetter ? 1 : 0)}")));

    public static IReadOnlyList<MetricValue> Read(string text)
    {
        if (text.Length == 0) return [];
        return [.. text.Split('\t').Chunk(3).Where(parts => parts.Length == 3)
            .Select(parts => new MetricValue(parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "1"))];
    }
}
