using System.Collections.Concurrent;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// Gives every page that trains a slice in turn, on all cores but one: twenty visitors share them fairly, and the composer answers meanwhile.
/// </summary>
internal sealed class PlayingScheduler(ILogger<PlayingScheduler>? logger = null) : BackgroundService
{
    /// <summary>In how many milliseconds every page has had a slice, if slices need not be shorter than the shortest: pages are to move, and pictures cost time that training has not.</summary>
    private const double Round = 50, ShortestSlice = 2, LongestSlice = 6;

    private readonly BlockingCollection<IPlayingWork> _queue = new(new ConcurrentQueue<IPlayingWork>());
    private readonly ConcurrentDictionary<IPlayingWork, byte> _scheduled = new();

    /// <summary>Sees to it that a visit gets slices until it needs none.</summary>
    public void Schedule(IPlayingWork visit)
    {
        if (_scheduled.TryAdd(visit, 0)) _queue.Add(visit);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task[] workers = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount - 1))
            .Select(_ => Task.Factory.StartNew(() => Work(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return Task.WhenAll(workers);
    }

    private void Work(CancellationToken stopping)
    {
        try
        {
            foreach (IPlayingWork visit in _queue.GetConsumingEnumerable(stopping))
            {
                TimeSpan? next = SliceOf(visit);
                if (next is null)
                {
                    _scheduled.TryRemove(visit, out _);
                    // Play may have been pressed after the slice and before the line above.
                    if (visit.Busy) Schedule(visit);
                }
                else if (next.Value > TimeSpan.Zero)
                {
                    _ = LaterAsync(visit, next.Value);
                }
                else
                {
                    _queue.Add(visit, CancellationToken.None);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    /// <summary>A visit whose work fails ends by itself: the others go on, and so does the program.</summary>
    private TimeSpan? SliceOf(IPlayingWork visit)
    {
        try
        {
            return visit.Slice(TimeSpan.FromMilliseconds(Math.Clamp(Round / Math.Max(1, _scheduled.Count), ShortestSlice, LongestSlice)));
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or OutOfMemoryException))
        {
            logger?.LogError(problem, "A page of the playground could not go on.");
            (visit as IDisposable)?.Dispose();
            return null;
        }
    }

    private async Task LaterAsync(IPlayingWork visit, TimeSpan pause)
    {
        await Task.Delay(pause).ConfigureAwait(false);
        _queue.Add(visit);
    }
}
