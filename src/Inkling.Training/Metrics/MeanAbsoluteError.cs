namespace Inkling.Training.Metrics;

/// <summary>How far predictions are from the truth on average: <c>1/n Σ |xᵢ − tᵢ|</c>. Less is better.</summary>
public sealed class MeanAbsoluteError : Metric
{
    private double _sum;
    private long _count;

    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double Value => _count == 0 ? double.NaN : _sum / _count;

    /// <inheritdoc/>
    public override void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        batch.CheckNumbers(nameof(MeanAbsoluteError));
        for (int i = 0; i < batch.Outputs.Length; i++) _sum += Math.Abs((double)batch.Outputs[i] - batch.Numbers[i]);
        _count += batch.Outputs.Length;
    }
}
