namespace Inkling.Tuning;

/// <summary>
/// Finds where an acquisition is largest: quasi-random candidates, and local search from the most promising of them and from the best trials. Local search follows the
/// gradient in continuous dimensions and tries neighbours, or all values where they are few, in the others, in turn until nothing gets better.
/// </summary>
internal sealed class AcquisitionSearch(EncodedSpace space, Acquisition acquisition, RandomSource random, double?[] held)
{
    private const int Candidates = 2048, Around = 256, Batch = 256, Starts = 6, Few = 16, Evaluations = 60;
    private const double Widest = 0, Close = -2;   // logarithms of distances
    private readonly int[] _free = [.. Enumerable.Range(0, space.Dimensions).Where(j => held[j] is null)];

    /// <summary>The best place found.</summary>
    /// <param name="good">The places of the best trials, to begin from as well.</param>
    public double[] Maximize(IReadOnlyList<double[]> good) => Best(Scatter(Candidates, good, Widest), good);

    /// <summary>The best place found where only the neighbourhood of the best trials is looked at.</summary>
    /// <param name="good">The places of the best trials; not empty.</param>
    public double[] Polish(IReadOnlyList<double[]> good) => Best(Scatter(0, good, Close), good);

    private double[] Best(double[][] columns, IReadOnlyList<double[]> good)
    {
        double[] values = new double[columns.Length == 0 ? 1 : columns[0].Length];
        for (int begin = 0; begin < values.Length; begin += Batch)
        {
            int count = Math.Min(Batch, values.Length - begin);
            acquisition.Values([.. columns.Select(column => column.AsSpan(begin, count).ToArray())], values.AsSpan(begin, count));
        }

        double[] best = [];
        double highest = double.NegativeInfinity;
        foreach (double[] start in Promising(columns, values).Concat(good))
        {
            double[] x = [.. start];
            for (int j = 0; j < x.Length; j++)
                x[j] = held[j] ?? x[j];
            double value = Climb(x);
            if (best.Length > 0 && !(value > highest)) continue;
            (best, highest) = (x, value);
        }

        return best;
    }

    // Quasi-random places, then places around the best trials at all distances down to a thousandth.
    private double[][] Scatter(int even, IReadOnlyList<double[]> good, double widest)
    {
        int total = even + Around * Math.Min(1, good.Count);
        double[][] columns = [.. Enumerable.Range(0, space.Dimensions).Select(_ => new double[total])];
        var sequence = new SobolSequence(random.NextBits());
        for (int j = 0; j < space.Dimensions; j++)
        {
            for (int c = 0; c < even; c++)
                columns[j][c] = held[j] ?? space.FromUniform(j, j < SobolSequence.MaxDimensions ? sequence.Coordinate((uint)c, j) : random.NextDouble());
        }

        for (int c = even; c < total; c++)
        {
            double[] centre = good[c % good.Count];
            double radius = Math.Exp(widest - (7 + widest) * random.NextDouble());
            for (int j = 0; j < space.Dimensions; j++)
                columns[j][c] = held[j] ?? Near(j, centre[j], radius);
        }

        return columns;
    }

    private double Near(int dimension, double centre, double radius) => space.Ordered[dimension]
        ? space.Snap(dimension, Math.Clamp(centre + radius * random.NextGaussian(), 0, 1))
        : random.NextDouble() < radius ? random.Next((int)space.Distributions[dimension].Count) : centre;

    // The best candidate, and others with a probability that follows their expected improvement.
    private IEnumerable<double[]> Promising(double[][] columns, double[] values)
    {
        int best = 0;
        for (int c = 1; c < values.Length; c++)
        {
            if (values[c] > values[best] || double.IsNaN(values[best])) best = c;
        }

        yield return [.. columns.Select(column => column[best])];
        double[] shares = [.. values.Select(value => double.IsNaN(value) ? 0 : Math.Exp(value - values[best]))];
        shares[best] = 0;
        for (int start = 1; start < Starts; start++)
        {
            double left = random.NextDouble() * shares.Sum();
            int chosen = Array.FindIndex(shares, share => (left -= share) < 0);
            if (chosen < 0) yield break;
            shares[chosen] = 0;
            yield return [.. columns.Select(column => column[chosen])];
        }
    }

    private double Climb(double[] x)
    {
        double value = acquisition.Value(x);
        for (int round = 0; round < 10; round++)
        {
            double before = value;
            value = Math.Max(value, FollowGradient(x, value));
            bool moved = false;
            foreach (int j in _free.Where(j => !space.IsContinuous(j)))
                moved |= TryValues(x, j, ref value);
            if (!moved || value - before < 1e-4) break;
        }

        return value;
    }

    private double FollowGradient(double[] x, double value)
    {
        int[] continuous = [.. _free.Where(space.IsContinuous)];
        if (continuous.Length == 0) return value;
        double[] whole = [.. x], gradient = new double[x.Length], part = [.. continuous.Select(j => x[j])];
        double[] low = new double[part.Length], high = [.. part.Select(_ => 1.0)];
        double loss = BoundedQuasiNewton.Minimize((at, slope) =>
        {
            for (int i = 0; i < continuous.Length; i++)
                whole[continuous[i]] = at[i];
            double height = acquisition.Value(whole, gradient);
            for (int i = 0; i < continuous.Length; i++)
                slope[i] = -gradient[continuous[i]];
            return -height;
        }, part, low, high, Evaluations, 1e-3);
        if (!(-loss >= value)) return value;
        for (int i = 0; i < continuous.Length; i++)
            x[continuous[i]] = part[i];
        return -loss;
    }

    private bool TryValues(double[] x, int dimension, ref double value)
    {
        double kept = x[dimension], best = kept;
        int count = (int)Math.Min(int.MaxValue, space.Distributions[dimension].Count);
        IEnumerable<double> places = !space.Ordered[dimension] ? Enumerable.Range(0, count).Select(i => (double)i)
            : count <= Few ? Enumerable.Range(0, count).Select(i => space.FromUniform(dimension, (i + 0.5) / count))
            : Neighbours(dimension, kept, count);
        foreach (double place in places)
        {
            if (place == kept) continue;
            x[dimension] = place;
            double tried = acquisition.Value(x);
            if (tried > value) (value, best) = (tried, place);
        }

        x[dimension] = best;
        return best != kept;
    }

    private IEnumerable<double> Neighbours(int dimension, double place, int count)
    {
        for (double distance = 1.0 / count; distance < 0.5; distance *= 2)
        {
            yield return space.FromUniform(dimension, Math.Min(1, place + distance));
            yield return space.FromUniform(dimension, Math.Max(0, place - distance));
        }
    }
}
