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
}
