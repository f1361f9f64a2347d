namespace Inkling.Training.Metrics;

/// <summary>Spearman's rank correlation: <see cref="Pearson"/>'s of the ranks, equal numbers sharing the mean of theirs; −1 … 1, NaN when one side is constant.</summary>
public sealed class Spearman : Metric
{
    private readonly List<double> _predicted = [];
    private readonly List<double> _truth = [];

    /// <inheritdoc/>
    public override string Name => "spearman";

    /// <inheritdoc/>
    public override double Value => Of([.. _predicted], [.. _truth]);

    /// <summary>The rank correlation of two rows of numbers.</summary>
    /// <exception cref="ArgumentException">They are of different lengths.</exception>
    public static double Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"Spearman: {x.Length} numbers against {y.Length}.", nameof(y));
        return Pearson.Of(Ranks(x), Ranks(y));
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
        batch.CheckNumbers(nameof(Spearman));
        for (int i = 0; i < batch.Outputs.Length; i++)
        {
            _predicted.Add(batch.Outputs[i]);
            _truth.Add(batch.Numbers[i]);
        }
    }

    private static double[] Ranks(ReadOnlySpan<double> x)
    {
        double[] sorted = x.ToArray(), ranks = new double[x.Length];
        int[] order = [.. Enumerable.Range(0, x.Length)];
        Array.Sort(sorted, order);
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && sorted[end] == sorted[start]; end++)
            {
            }

            for (int i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2.0; // the mean of start + 1 … end
        }

        return ranks;
    }
}
