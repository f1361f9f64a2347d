namespace Inkling.Tests;

/// <summary>Counts what a steady step allocates.</summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>
    /// Fails when an action that has been run before allocates on this thread. A collection that another test causes closes the thread's allocation block, and what was left of it
    /// (up to 8 KB) is counted as allocated, and what is compiled meanwhile may allocate once; so an action may try again. What really allocates does so each time.
    /// </summary>
    /// <param name="action">What has been run before, and does the same again.</param>
    public static void AssertNone(Action action) => AssertNone(() =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    /// <summary>The same of a measurement, where what is measured is a part of something.</summary>
    /// <param name="measure">Does it all and returns the bytes.</param>
    public static void AssertNone(Func<long> measure)
    {
        long allocated = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            allocated = measure();
            if (allocated == 0) return;
        }

        Assert.Fail($"{allocated} bytes allocated, in each of {Attempts} attempts.");
    }
}
