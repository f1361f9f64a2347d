using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary>
/// Which time counts. Work of one thread is timed by that thread's processor time, so that other programs on the machine do not count;
/// work of several threads by the wall.
/// </summary>
internal enum Clock
{
    /// <summary>Processor time of the calling thread.</summary>
    Thread,

    /// <summary>Time of day.</summary>
    Wall,
}

/// <summary>Reads a <see cref="Clock"/>.</summary>
internal static class Clocks
{
    /// <summary>The clock for work of that many threads.</summary>
    public static Clock For(int threads) => threads == 1 ? Clock.Thread : Clock.Wall;

    /// <summary>Seconds since some moment.</summary>
    public static double Now(this Clock clock) =>
        clock == Clock.Thread ? ProcessorClock.Seconds : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
}
