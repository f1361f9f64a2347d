namespace Inkling.Training;

/// <summary>Time spent training: runs while training runs, leaves pauses out, and goes on where a resumed run left off.</summary>
internal sealed class TrainingClock
{
    private readonly TimeProvider _time = TimeProvider.System;
    private TimeSpan _before;
    private long _started;
    private bool _running;
    private long _firstStep = -1;
    private TimeSpan _firstStepAt;

    public long Timestamp => _time.GetTimestamp();

    public TimeSpan Elapsed => _running ? _before + _time.GetElapsedTime(_started) : _before;

    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);

    public void Start()
    {
        _started = Timestamp;
        _running = true;
        _firstStep = -1;
    }

    public void Stop()
    {
        _before = Elapsed;
        _running = false;
    }

    public void Set(TimeSpan elapsed) => _before = elapsed;

    public void Skip(TimeSpan pause) => _before -= pause;

    /// <summary>Estimates the rest from the pace since the run's first estimate, validations included; a time limit caps it.</summary>
    public TimeSpan? Remaining(long step, long steps, TimeSpan? limit)
    {
        TimeSpan elapsed = Elapsed;
        if (_firstStep < 0)
        {
            _firstStep = step;
            _firstStepAt = elapsed;
        }

        TimeSpan? bySteps = step > _firstStep ? (elapsed - _firstStepAt) / (step - _firstStep) * Math.Max(0, steps - step) : null;
        if (limit is not { } end) return bySteps;
        TimeSpan byTime = end > elapsed ? end - elapsed : TimeSpan.Zero;
        return bySteps < byTime ? bySteps : byTime;
    }
}
