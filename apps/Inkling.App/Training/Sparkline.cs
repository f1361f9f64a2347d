namespace Inkling.App.Training;

/// <summary>A curve of text: one block per value, the lowest value the lowest block.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws <paramref name="values"/>; more than <paramref name="width"/> of them are thinned to the mean of their neighbours.</summary>
    /// <param name="values">Finite numbers; others are left out.</param>
    /// <param name="width">Blocks at most, 1 or more.</param>
    public static string Draw(IReadOnlyList<double> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return "";
        }

        int count = Math.Min(width, finite.Length);
        double[] points = new double[count];
        for (int i = 0; i < count; i++)
        {
            (int from, int to) = (i * finite.Length / count, (i + 1) * finite.Length / count);
            points[i] = finite[from..to].Average();
        }

        (double low, double high) = (points.Min(), points.Max());
        double range = Math.Max(high - low, 1e-12);
        return string.Concat(points.Select(point => Blocks[(int)Math.Round((point - low) / range * (Blocks.Length - 1))]));
    }
}
