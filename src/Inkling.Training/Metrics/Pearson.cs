namespace Inkling.Training.Metrics;

/// <summary>Pearson's correlation of prediction and truth, <c>Σ (xᵢ − x̄)(tᵢ − t̄) / √(Σ (xᵢ − x̄)² Σ (tᵢ − t̄)²)</c>, −1 … 1; NaN when one of them is constant.</summary>
public sealed class Pearson : Metric
{
    private readonly List<double> _predicted = [];
    private readonly List<double> _truth = [];

    /// <inheritdoc/>
    public override string Name => "pearson";

    /// <inheritdoc/>
    public override double Value => Of([.. _predicted], [.. _truth]);

    /// <summary>The correlation of two rows of numbers.</summary>
    /// <exception cref="ArgumentException">They are of different lengths.</exception>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"Pearson: {x.Length} numbers against {y.Length}.", nameof(y));
        double meanX = Mean(x), meanY = Mean(y), xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : double.NaN;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _predicted.Clear();
        _truth.Clear();
    }

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        batch.CheckNumbers(nameof(Pearson));
        for (int i = 0; i < batch.Outputs.Length; i++)
        {
            _predicted.Add(batch.Outputs[i]);
            _truth.Add(batch.Numbers[i]);
        }
    }

    private static double Mean(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x) sum += value;
        return sum / x.Length;
    }
}
