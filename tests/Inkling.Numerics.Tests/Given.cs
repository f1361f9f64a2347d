namespace Inkling.Numerics.Tests;

/// <summary>Data for tests: repeatable, of any shape.</summary>
internal static class Given
{
    /// <summary>Numbers uniform in [−1, 1).</summary>
    public static float[] Values(int length, int seed = 1)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = (random.NextSingle() * 2) - 1;
        return values;
    }
}
