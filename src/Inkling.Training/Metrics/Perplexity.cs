namespace Inkling.Training.Metrics;

/// <summary>Among how many equally likely choices a model is as unsure: <c>e^(mean loss)</c>, the mean over all targets, the loss in nats. At least 1; less is better.</summary>
public sealed class Perplexity : Metric
{
    private double _loss;
    private long _targets;

    /// <inheritdoc/>
    public override string Name => "perplexity";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double Value => _targets == 0 ? double.NaN : Math.Exp(_loss / _targets);

    /// <inheritdoc/>
    public override void Reset() => (_loss, _targets) = (0, 0);

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        _loss += batch.Loss * batch.Targets;
        _targets += batch.Targets;
    }
}
