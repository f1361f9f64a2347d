namespace Inkling.Training;

/// <summary>Lets another thread pause a training run between two steps and let it go on. Open at first.</summary>
public sealed class PauseGate : IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);

    /// <summary>Whether the run stands still, or will after the current step.</summary>
    public bool IsPaused => !_open.IsSet;

    /// <summary>Asks the run to stand still after the current step.</summary>
    public void Pause() => _open.Reset();

    /// <summary>Lets the run go on.</summary>
    public void Resume() => _open.Set();

    /// <summary>Called by the run between steps: returns when the gate is open or the run is cancelled.</summary>
    /// <returns>How long it stood still.</returns>
    public TimeSpan Wait(CancellationToken cancellation)
    {
        if (_open.IsSet) return TimeSpan.Zero;
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            _open.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The run sees the cancellation itself and ends in good order.
        }

        return TimeProvider.System.GetElapsedTime(start);
    }

    /// <inheritdoc/>
    public void Dispose() => _open.Dispose();
}
