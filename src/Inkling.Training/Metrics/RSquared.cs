namespace Inkling.Training.Metrics;

/// <summary>
/// The share of the variance of the truth that predictions explain: <c>R² = 1 − Σ (tᵢ − xᵢ)² / Σ (tᵢ − t̄)²</c>, 1 at best, 0 for always saying the mean.
/// Of several numbers a row, the mean over them. Where the truth is constant: 1 when it is met, else 0, as in scikit-learn.
/// </summary>
public sealed class RSquared : Metric
{
    private double[] _residuals = [];
    private double[] _means = [];
    private double[] _spreads = [];
    private long _rows;

    /// <inheritdoc/>
    public override string Name => "r2";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            if (_rows < 2) return double.NaN;
            double sum = 0;
            for (int i = 0; i < _means.Length; i++) sum += _spreads[i] > 0 ? 1 - (_residuals[i] / _spreads[i]) : _residuals[i] == 0 ? 1 : 0;
            return sum / _means.Length;
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _rows = 0;
        _residuals = _means = _spreads = [];
    }

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        batch.CheckNumbers(nameof(RSquared));
        if (_rows == 0) (_residuals, _means, _spreads) = (new double[batch.Width], new double[batch.Width], new double[batch.Width]);
        if (batch.Width != _means.Length) throw new ArgumentException($"RSquared: rows of {batch.Width} numbers follow rows of {_means.Length}.", nameof(batch));
        for (int row = 0; row < batch.Rows; row++)
        {
            _rows++;
            for (int i = 0; i < batch.Width; i++)
            {
                // Welford 1962: mean and spread in one pass, without the cancellation of Σt² − n t̄².
                double truth = batch.Numbers[(row * batch.Width) + i], error = truth - batch.Row(row)[i], delta = truth - _means[i];
                _means[i] += delta / _rows;
                _spreads[i] += delta * (truth - _means[i]);
                _residuals[i] += error * error;
            }
        }
    }
}
