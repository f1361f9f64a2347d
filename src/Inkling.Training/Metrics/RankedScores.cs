namespace Inkling.Training.Metrics;

/// <summary>The scores of a yes or no with what is true, and how many of each are at or above a threshold.</summary>
internal sealed class RankedScores
{
    private readonly List<(float Score, bool IsTrue)> _rows = [];

    public void Reset() => _rows.Clear();

    /// <summary>Takes rows of one number, the larger the likelier yes, or of two, whose difference says it.</summary>
    public void Add(string metric, in Predictions batch)
    {
        if (batch.Width is not (1 or 2)) throw new ArgumentException($"{metric}: rows have {batch.Width} numbers; yes and no need 1 or 2.", nameof(batch));
        batch.CheckClasses(metric);
        for (int row = 0; row < batch.Rows; row++)
        {
            int truth = batch.TrueClass(row);
            if (truth < 0) continue;
            ReadOnlySpan<float> scores = batch.Row(row);
            float score = scores.Length == 1 ? scores[0] : scores[1] - scores[0];
            if (float.IsNaN(score)) throw new ArgumentException($"{metric}: the score of row {row} is not a number.", nameof(batch));
            _rows.Add((score, truth == 1));
        }
    }

    /// <summary>For each different score from the largest down: how many true and false rows have it or a larger one.</summary>
    public List<(long True, long False)> Thresholds()
    {
        _rows.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        List<(long, long)> thresholds = [];
        long right = 0, wrong = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].IsTrue) right++;
            else wrong++;
            if (i + 1 == _rows.Count || _rows[i + 1].Score != _rows[i].Score) thresholds.Add((right, wrong));
        }

        return thresholds;
    }
}
