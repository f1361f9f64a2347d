namespace Inkling.Training.Metrics;

/// <summary>
/// The area under the receiver operating characteristic: the probability that a row of yes has a larger score than one of no, ties counting
/// half (Hanley, McNeil 1982). Exact; 0.5 is guessing. Rows of one number or two; NaN unless both yes and no occur.
/// </summary>
public sealed class RocAuc : Metric
{
    private readonly RankedScores _scores = new();

    /// <inheritdoc/>
    public override string Name => "roc_auc";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            List<(long True, long False)> thresholds = _scores.Thresholds();
            if (thresholds.Count == 0 || thresholds[^1].True == 0 || thresholds[^1].False == 0) return double.NaN;
            (long True, long False) all = thresholds[^1];
            double area = 0;
            (long lastTrue, long lastFalse) = (0, 0);
            foreach ((long right, long wrong) in thresholds)
            {
                area += (wrong - lastFalse) * (double)(right + lastTrue) / 2;
                (lastTrue, lastFalse) = (right, wrong);
            }

            return area / ((double)all.True * all.False);
        }
    }

    /// <inheritdoc/>
    public override void Reset() => _scores.Reset();

    /// <inheritdoc/>
    public override void Add(in Predictions batch) => _scores.Add(nameof(RocAuc), batch);
}
