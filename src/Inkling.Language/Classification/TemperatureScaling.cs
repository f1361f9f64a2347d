namespace Inkling.Language;

/// <summary>
/// Calibrates a classifier by one number: scores are divided by the temperature T that makes held-out classes likeliest,
/// <c>T = argmin −1/n Σ log softmax(z_i / T)[y_i]</c> (Guo et al. 2017, §4.2). The order of the classes stays as it is.
/// </summary>
public static class TemperatureScaling
{
    private const double Coldest = 0.05;
    private const double Hottest = 20;

    /// <summary>Finds the temperature.</summary>
    /// <param name="scores">The scores of held-out items, logits, row-major <c>[n, C]</c>; finite.</param>
    /// <param name="classes">What they are, <c>[n]</c>, 0 … C − 1.</param>
    /// <returns>T, 0.05 … 20.</returns>
    /// <exception cref="ArgumentException">There are no items, or the scores do not fit the classes.</exception>
    public static double Fit(ReadOnlySpan<float> scores, ReadOnlySpan<int> classes)
    {
        if (classes.IsEmpty || scores.Length % classes.Length != 0 || scores.Length < 2 * classes.Length)
            throw new ArgumentException($"TemperatureScaling: {scores.Length} scores for {classes.Length} items; each item needs the scores of two classes or more.", nameof(scores));
        int width = scores.Length / classes.Length;
        foreach (int @class in classes)
        {
            if ((uint)@class >= (uint)width) throw new ArgumentException($"TemperatureScaling: class {@class} of {width}.", nameof(classes));
        }

        // The loss is convex in 1/T, and so has one minimum in log T: golden sections find it.
        double ratio = (Math.Sqrt(5) - 1) / 2, low = Math.Log(Coldest), high = Math.Log(Hottest);
        while (high - low > 1e-6)
        {
            double left = high - (ratio * (high - low)), right = low + (ratio * (high - low));
            if (Loss(scores, classes, width, Math.Exp(left)) < Loss(scores, classes, width, Math.Exp(right))) high = right;
            else low = left;
        }

        return Math.Exp((low + high) / 2);
    }

    private static double Loss(ReadOnlySpan<float> scores, ReadOnlySpan<int> classes, int width, double temperature)
    {
        double sum = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * width, width);
            double largest = double.NegativeInfinity, total = 0;
            foreach (float score in row) largest = Math.Max(largest, score);
            foreach (float score in row) total += Math.Exp((score - largest) / temperature);
            sum += Math.Log(total) - ((row[classes[i]] - largest) / temperature);
        }

        return sum / classes.Length;
    }
}
