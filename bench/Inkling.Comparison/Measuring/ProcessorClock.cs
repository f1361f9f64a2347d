using System.Runtime.InteropServices;

namespace Inkling.Comparison;

/// <summary>
/// Processor time of the calling thread, the clock on which work of one thread compares fairly while other programs run too. The
/// peers' scripts use the same.
/// </summary>
internal static unsafe partial class ProcessorClock
{
    private const int ThreadClock = 3;

    /// <summary>Seconds.</summary>
    public static double Seconds
    {
        get
        {
            long* time = stackalloc long[2];
            return ReadClock(ThreadClock, time) == 0 ? time[0] + (time[1] * 1e-9) : throw new PlatformNotSupportedException("no processor clock");
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadClock(int clock, long* time);
}
