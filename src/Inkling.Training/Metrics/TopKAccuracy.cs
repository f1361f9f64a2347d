using System.Globalization;

namespace Inkling.Training.Metrics;

/// <summary>The share of rows whose class is among the k with the largest numbers, 0 … 1. Of equal numbers the first class counts as the larger.</summary>
/// <param name="k">How many may be guessed, at least 1.</param>
public sealed class TopKAccuracy(int k) : Metric
{
    private readonly int _k = k >= 1 ? k : throw new ArgumentOutOfRangeException(nameof(k), k, "TopKAccuracy: k must be at least 1.");
    private long _correct;
    private long _rows;

    /// <inheritdoc/>
    public override string Name => "top_" + _k.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double Value => _rows == 0 ? double.NaN : (double)_correct / _rows;

    /// <inheritdoc/>
    public override void Reset() => _correct = _rows = 0;

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        batch.CheckClasses(nameof(TopKAccuracy));
        if (batch.Width < 2) throw new ArgumentException("TopKAccuracy: a single number a row has no order of classes.", nameof(batch));
        for (int row = 0; row < batch.Rows; row++)
        {
            int truth = batch.TrueClass(row);
            if (truth < 0) continue;
            ReadOnlySpan<float> scores = batch.Row(row);
            int before = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                if (scores[i] > scores[truth] || (i < truth && scores[i] == scores[truth])) before++;
            }

            _rows++;
            if (before < _k) _correct++;
        }
    }
}
