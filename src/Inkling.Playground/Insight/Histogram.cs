namespace Inkling.Playground;

/// <summary>How often numbers lie where.</summary>
/// <param name="Low">Where the first bin begins.</param>
/// <param name="High">Where the last bin ends.</param>
/// <param name="Counts">How many numbers lie in each bin; the bins are equally wide.</param>
public sealed record Histogram(float Low, float High, IReadOnlyList<int> Counts)
{
    /// <summary>Bins of a histogram.</summary>
    public const int Bins = 24;

    /// <summary>Counts numbers between the least and the largest of them; those that are not finite are left out.</summary>
    public static Histogram Of(ReadOnlySpan<float> values)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            low = MathF.Min(low, value);
            high = MathF.Max(high, value);
        }

        int[] counts = new int[Bins];
        if (low > high) return new Histogram(0, 0, counts);
        if (high - low < 1e-6f * MathF.Max(1e-3f, MathF.Abs(low)))
        {
            float half = MathF.Max(1e-6f, MathF.Abs(low) / 2);
            (low, high) = (low - half, high + half);
        }

        foreach (float value in values)
        {
            if (float.IsFinite(value)) counts[Math.Clamp((int)((double)(value - low) / (high - low) * Bins), 0, Bins - 1)]++;
        }

        return new Histogram(low, high, counts);
    }
}
