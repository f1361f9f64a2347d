using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>Data that costs nothing to get and means nothing, always the same.</summary>
internal static class RandomNumbers
{
    /// <summary>Floats uniform in [low, high).</summary>
    public static float[] Floats(int count, ulong stream, float low, float high)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = low + ((high - low) * CounterRandom.Uniform(2026, stream, (ulong)i));
        return values;
    }

    /// <summary>Integers uniform in [0, bound).</summary>
    public static int[] Integers(int count, ulong stream, int bound)
    {
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = (int)(CounterRandom.Bits(2026, stream, (ulong)i) % (ulong)bound);
        return values;
    }

    /// <summary>Integers in [0, bound) of which i is drawn with a probability in proportion to 1 / (i + 1), as the i-th commonest word of a text (Zipf 1935).</summary>
    public static int[] Zipf(int count, ulong stream, int bound)
    {
        double[] ends = new double[bound];
        double end = 0;
        for (int i = 0; i < bound; i++)
            ends[i] = end += 1.0 / (i + 1);
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
        {
            int found = Array.BinarySearch(ends, end * CounterRandom.Uniform(2026, stream, (ulong)i));
            values[i] = int.Min(bound - 1, found < 0 ? ~found : found + 1);
        }

        return values;
    }

    /// <summary>How often each occurs in a long series of <see cref="Zipf"/>.</summary>
    public static long[] ZipfCounts(int bound) => [.. Enumerable.Range(1, bound).Select(i => 1_000_000_000L / i)];
}
