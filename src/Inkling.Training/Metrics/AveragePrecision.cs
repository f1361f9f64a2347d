namespace Inkling.Training.Metrics;

/// <summary>
/// The precision at each threshold, weighted by how much recall grows there: <c>Σ (Rₙ − Rₙ₋₁) Pₙ</c>, the area under precision over recall without
/// interpolation. Rows of one number or two; NaN where yes never occurs.
/// </summary>
public sealed class AveragePrecision : Metric
{
    private readonly RankedScores _scores = new();

    /// <inheritdoc/>
    public override string Name => "average_precision";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            List<(long True, long False)> thresholds = _scores.Thresholds();
            if (thresholds.Count == 0 || thresholds[^1].True == 0) return double.NaN;
            (long True, long False) all = thresholds[^1];
            double sum = 0;
            long last = 0;
            foreach ((long right, long wrong) in thresholds)
            {
                sum += (double)(right - last) / all.True * right / (right + wrong);
                last = right;
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public override void Reset() => _scores.Reset();

    /// <inheritdoc/>
    public override void Add(in Predictions batch) => _scores.Add(nameof(AveragePrecision), batch);
}
