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

    /// <summary>Words as a text has them: the word of rank r, from 0, has a share of 1 / (r + 2.7) (Zipf, Mandelbrot).</summary>
    public static int[] Words(int count, ulong stream, int vocabulary)
    {
        double[] sums = new double[vocabulary];
        double sum = 0;
        for (int i = 0; i < vocabulary; i++)
            sums[i] = sum += Share(i);
        int[] words = new int[count];
        for (int i = 0; i < count; i++)
        {
            int at = Array.BinarySearch(sums, CounterRandom.Uniform(2026, stream, (ulong)i) * sum);
            words[i] = int.Min(at < 0 ? ~at : at, vocabulary - 1);
        }

        return words;
    }

    /// <summary>How often each of these words occurs in a long text.</summary>
    public static long[] WordCounts(int vocabulary) => [.. Enumerable.Range(0, vocabulary).Select(rank => (long)(1e6 * Share(rank)))];

    private static double Share(int rank) => 1 / (rank + 2.7);
}
