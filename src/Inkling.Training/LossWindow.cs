namespace Inkling.Training;

/// <summary>Losses and speed since the last report; the speed is smoothed over reports.</summary>
internal sealed class LossWindow
{
    // The weight of the newest report; about ten reports are remembered.
    private const double Smoothing = 0.2;

    private double _lossSum;
    private long _targets;
    private long _items;
    private TimeSpan _spent;
    private double _smoothedRate;
    private long _restarted = TimeProvider.System.GetTimestamp();

    public double ItemsPerSecond => _smoothedRate > 0 ? _smoothedRate : Rate;

    private double Rate => _spent > TimeSpan.Zero ? _items / _spent.TotalSeconds : 0;

    public void Add(StepResult step, TimeSpan took)
    {
        _lossSum += step.Loss * step.Targets;
        _targets += step.Targets;
        _items += step.Items;
        _spent += took;
    }

    public double MeanLoss(double otherwise) => _targets > 0 ? _lossSum / _targets : otherwise;

    public bool IsDue(TimeSpan interval) => TimeProvider.System.GetElapsedTime(_restarted) >= interval;

    public void Restart()
    {
        if (_items > 0) _smoothedRate = _smoothedRate > 0 ? _smoothedRate + (Smoothing * (Rate - _smoothedRate)) : Rate;
        _lossSum = 0;
        _targets = _items = 0;
        _spent = TimeSpan.Zero;
        _restarted = TimeProvider.System.GetTimestamp();
    }
}
