using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary>How often something can be done in a second.</summary>
internal static class Speed
{
    /// <summary>Runs of <paramref name="step"/> a second, over at least <paramref name="seconds"/> of wall time and at least one run.</summary>
    /// <remarks>The clock is read once for a block of runs of about a millisecond: reading it takes as long as a tiny step.</remarks>
    public static double Of(Action step, double seconds, Clock clock)
    {
        long start = Stopwatch.GetTimestamp();
        double from = clock.Now();
        long runs = 0;
        int block = 1;
        double elapsed;
        do
        {
            long blockStart = Stopwatch.GetTimestamp();
            for (int i = 0; i < block; i++)
                step();
            runs += block;
            if (Stopwatch.GetElapsedTime(blockStart).TotalMilliseconds < 0.5)
                block *= 2;
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (elapsed < seconds);
        return runs / (clock.Now() - from);
    }

    /// <summary>Runs <paramref name="step"/> for that long, so that it is compiled with optimisation and the caches are warm.</summary>
    public static void WarmUp(Action step, double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            step();
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
    }
}
