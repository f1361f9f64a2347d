namespace Inkling.Tuning;

/// <summary>Beats for the running trials of a worker, and takes over the trials of silent ones, while it has trials at all.</summary>
internal sealed class Pulse(IStudyStorage storage, long study, string worker, StudyOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<TrialKey> _running = [];
    private Timer? _timer;

    public void Began(TrialKey trial)
    {
        lock (_gate)
        {
            _running.Add(trial);
            _timer ??= new Timer(_ => Beat(), null, options.HeartbeatInterval, Timeout.InfiniteTimeSpan);
        }
    }

    public void Ended(TrialKey trial)
    {
        lock (_gate)
        {
            if (_running.Remove(trial) && _running.Count == 0) Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Beat()
    {
        try
        {
            storage.Heartbeat(study, worker);
            storage.Requeue(study, options.Silence, options.Attempts);
        }
        catch (Exception)
        {
            // On the thread of a timer whatever escapes ends the process. The next write of a trial meets the same and says so to somebody.
        }

        // One after the other: a data base that is locked or away is waited for by one thread.
        lock (_gate) _timer?.Change(options.HeartbeatInterval, Timeout.InfiniteTimeSpan);
    }
}
