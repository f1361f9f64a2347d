using System.Globalization;
using System.Text;

namespace Inkling.Training.Metrics;

/// <summary>
/// How often rows of each class were taken for each class. As a metric its figure is the share on the diagonal; <see cref="ToString"/> is a table
/// to be read.
/// </summary>
/// <param name="names">What classes are called in the table; numbers by default.</param>
public sealed class ConfusionMatrix(IReadOnlyList<string>? names = null) : Metric
{
    private const int LongestName = 16;

    private long[] _counts = [];

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <summary>How many classes there are, K: as many as rows have numbers, and 2 at least.</summary>
    public int Classes { get; private set; }

    /// <summary>Rows counted.</summary>
    public long Total { get; private set; }

    /// <inheritdoc/>
    public override double Value => Total == 0 ? double.NaN : Enumerable.Range(0, Classes).Sum(c => this[c, c]) / (double)Total;

    /// <summary>How often a class was taken for another, or for itself.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="predicted">What it was taken for.</param>
    public long this[int truth, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)Classes, nameof(truth));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
            return _counts[(truth * Classes) + predicted];
        }
    }

    /// <summary>How often a class is true.</summary>
    public long Support(int @class) => Enumerable.Range(0, Classes).Sum(other => this[@class, other]);

    /// <summary>How often a class was predicted.</summary>
    public long Predicted(int @class) => Enumerable.Range(0, Classes).Sum(other => this[other, @class]);

    /// <summary>The share of what was taken for a class that is of it, <c>TP / (TP + FP)</c>; 0 where nothing was.</summary>
    public double Precision(int @class) => Ratio(this[@class, @class], Predicted(@class));

    /// <summary>The share of a class that was taken for it, <c>TP / (TP + FN)</c>; 0 where it never occurs.</summary>
    public double Recall(int @class) => Ratio(this[@class, @class], Support(@class));

    /// <summary>The harmonic mean of precision and recall, <c>2 TP / (2 TP + FP + FN)</c>; 0 where the class never occurs.</summary>
    public double F1(int @class) => Ratio(2 * this[@class, @class], Predicted(@class) + Support(@class));

    /// <inheritdoc/>
    public override void Reset()
    {
        Array.Clear(_counts);
        Total = 0;
    }

    /// <summary>Counts one decision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class is negative.</exception>
    public void Add(int truth, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(truth);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        Grow(Math.Max(truth, predicted) + 1);
        _counts[(truth * Classes) + predicted]++;
        Total++;
    }

    /// <inheritdoc/>
    public override void Add(in Predictions batch)
    {
        batch.CheckClasses(nameof(ConfusionMatrix));
        Grow(Math.Max(2, batch.Width));
        for (int row = 0; row < batch.Rows; row++)
        {
            int truth = batch.TrueClass(row);
            if (truth >= 0) Add(truth, batch.PredictedClass(row));
        }
    }

    /// <summary>The counts, a row for each true class, with recall at its end and precision below.</summary>
    public override string ToString()
    {
        string[] names = [.. Enumerable.Range(0, Classes).Select(NameOf)];
        int first = Math.Max("true \\ predicted".Length, names.Length == 0 ? 0 : names.Max(name => name.Length));
        int[] widths = [.. Enumerable.Range(0, Classes).Select(c => Math.Max(Math.Max(names[c].Length, 6), Enumerable.Range(0, Classes).Max(t => this[t, c].ToString(CultureInfo.InvariantCulture).Length)))];
        StringBuilder text = new();
        text.Append("true \\ predicted".PadRight(first));
        for (int c = 0; c < Classes; c++) text.Append("  ").Append(names[c].PadLeft(widths[c]));
        text.Append("  recall\n");
        for (int t = 0; t < Classes; t++)
        {
            text.Append(names[t].PadRight(first));
            for (int c = 0; c < Classes; c++) text.Append("  ").Append(this[t, c].ToString(CultureInfo.InvariantCulture).PadLeft(widths[c]));
            text.Append("  ").Append(Percent(Recall(t)).PadLeft(6)).Append('\n');
        }

        text.Append("precision".PadRight(first));
        for (int c = 0; c < Classes; c++) text.Append("  ").Append(Percent(Precision(c)).PadLeft(widths[c]));
        return text.Append("  ").Append(Percent(Value).PadLeft(6)).Append('\n').ToString();
    }

    internal double Average(Averaging averaging, Func<int, double> of)
    {
        if (Total == 0) return double.NaN;
        if (averaging == Averaging.Micro) return Value;
        double sum = 0, weights = 0;
        for (int c = 0; c < Classes; c++)
        {
            double weight = averaging == Averaging.Weighted ? Support(c) : Support(c) + Predicted(c) > 0 ? 1 : 0;
            sum += weight * of(c);
            weights += weight;
        }

        return sum / weights;
    }

    private void Grow(int classes)
    {
        if (classes <= Classes) return;
        long[] counts = new long[classes * classes];
        for (int t = 0; t < Classes; t++) _counts.AsSpan(t * Classes, Classes).CopyTo(counts.AsSpan(t * classes));
        _counts = counts;
        Classes = classes;
    }

    private string NameOf(int @class)
    {
        string name = names is not null && @class < names.Count ? names[@class] : @class.ToString(CultureInfo.InvariantCulture);
        return name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
    }

    private static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
