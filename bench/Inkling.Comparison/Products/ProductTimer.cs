using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary>Times one product: the same code for ours and for OpenBLAS.</summary>
internal static class ProductTimer
{
    /// <summary>Products are timed in batches of at least this long, many ticks of the clock.</summary>
    private const double BatchSeconds = 0.0005;

    /// <summary>Products longer than this are not repeated three times.</summary>
    private const double LongSeconds = 0.008;

    /// <summary>Median seconds of one product, the caches as warm as the operands allow.</summary>
    public static double Median(Action product, double seconds, Clock clock)
    {
        product();
        long start = Stopwatch.GetTimestamp();
        int count = 1;
        double batch = Time(product, count, clock);
        while (batch < BatchSeconds && count < 1 << 20)
        {
            count *= batch < BatchSeconds / 8 ? 4 : 2;
            batch = Time(product, count, clock);
        }

        List<double> times = [batch];
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds || (times.Count < 3 && batch < LongSeconds))
            times.Add(Time(product, count, clock));
        return Turns.Median(times) / count;
    }

    private static double Time(Action product, int count, Clock clock)
    {
        double from = clock.Now();
        for (int i = 0; i < count; i++)
            product();
        return clock.Now() - from;
    }
}
