namespace Inkling.Training.Metrics;

/// <summary>
/// The area under precision over recall, by trapezia between the thresholds, from recall 0 and precision 1 on. Rows of one number or two; NaN
/// where yes never occurs. It is somewhat too hopeful (Davis, Goadrich 2006); <see cref="AveragePrecision"/> is not.
/// </summary>
public sealed class PrecisionRecallAuc : Metric
{
    private readonly RankedScores _scores = new();

    /// <inheritdoc/>
    public override string Name => "pr_auc";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            List<(long True, long False)> thresholds = _scores.Thresholds();
            if (thresholds.Count == 0 || thresholds[^1].True == 0) return double.NaN;
            (long True, long False) all = thresholds[^1];
            double area = 0, lastPrecision = 1, lastRecall = 0;
            foreach ((long right, long wrong) in thresholds)
            {
                double precision = (double)right / (right + wrong), recall = (double)right / all.True;
                area += (recall - lastRecall) * (precision + lastPrecision) / 2;
                (lastPrecision, lastRecall) = (precision, recall);
            }

            return area;
        }
    }

    /// <inheritdoc/>
    public override void Reset() => _scores.Reset();

    /// <inheritdoc/>
    public override void Add(in Predictions batch) => _scores.Add(nameof(PrecisionRecallAuc), batch);
}
