namespace Inkling.App.Running;

/// <summary>Work that cannot be told to stop: the first Ctrl+C leaves it behind, and it ends with the program. It must not write anything.</summary>
internal static class Leaving
{
    /// <summary>Does it, or leaves it.</summary>
    /// <exception cref="OperationCanceledException">It was left.</exception>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken stop) => Task.Run(work, stop).WaitAsync(stop);
}
