namespace Inkling.Training.Metrics;

/// <summary>The share of rows whose class was predicted, 0 … 1: <c>correct / rows</c>.</summary>
public sealed class Accuracy : Metric
{
    private long _correct;
    private long _rows;

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override double Value => _rows == 0 ? double.NaN : (double)_correct / _rows;

    /// <inheritdoc/>
    public override void Reset() => _correct = _rows = 0;

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        batch.CheckClasses(nameof(Accuracy));
        for (int row = 0; row < batch.Rows; row++)
        {
            int truth = batch.TrueClass(row);
            if (truth < 0) continue;
            _rows++;
            if (batch.PredictedClass(row) == truth) _correct++;
        }
    }
}
