namespace Inkling.Tests;

/// <summary>Counts what a steady step allocates.</summary>
internal static class Allocation
{
    /// <summary>
    /// Fails when an action that has been run before allocates on this thread. A collection that another test causes closes the thread's allocation block, and what was left of it
    /// (up to 8 KB) is counted as allocated; so an action may try again. What really allocates does so each time.
    /// </summary>
    public static void AssertNone(Action action)
    {
        const int Attempts = 5;
        long allocated = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated == 0) return;
        }

        Assert.Fail($"{allocated} bytes allocated, in each of {Attempts} attempts.");
    }
}
