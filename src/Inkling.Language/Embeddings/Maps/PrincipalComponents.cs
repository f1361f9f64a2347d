namespace Inkling.Language;

/// <summary>
/// The two directions in which vectors differ most (Pearson 1901; Hotelling 1933), found by power iteration on the covariance, the second at right angles to the
/// first: the plainest map, in which straight lines stay straight.
/// </summary>
public static class PrincipalComponents
{
    private const int Iterations = 200;
    private const double Converged = 1e-26; // squared

    /// <summary>Lays vectors out on a map.</summary>
    /// <param name="rows">The vectors, row after row, <c>[n, width]</c>, finite.</param>
    /// <param name="width">Numbers of a vector, at least 1.</param>
    /// <returns>A place for each; all in the middle if they do not differ.</returns>
    /// <exception cref="ArgumentException">The numbers are no whole rows.</exception>
    public static MapPoint[] Map(ReadOnlySpan<float> rows, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (rows.Length % width != 0) throw new ArgumentException($"PrincipalComponents: {rows.Length} numbers are no whole rows of {width}.", nameof(rows));
        int count = rows.Length / width;
        double[] centred = Centre(rows, width);
        double[] first = Direction(centred, width, besides: []), second = Direction(centred, width, first);
        MapPoint[] points = new MapPoint[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = centred.AsSpan(i * width, width);
            points[i] = new MapPoint(Dot(row, first), Dot(row, second));
        }

        return points;
    }

    private static double[] Centre(ReadOnlySpan<float> rows, int width)
    {
        double[] mean = new double[width], centred = new double[rows.Length];
        int count = Math.Max(1, rows.Length / width);
        for (int i = 0; i < rows.Length; i++) mean[i % width] += rows[i] / (double)count;
        for (int i = 0; i < rows.Length; i++) centred[i] = rows[i] - mean[i % width];
        return centred;
    }

    /// <summary>The direction u of length 1 that maximises <c>Σ (uᵀ x)²</c>, by power iteration; zeros if all rows are.</summary>
    /// <param name="rows">The vectors x, row after row, <c>[n, width]</c>; taken as they are, not from their mean.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="besides">A direction of length 1 that u is to be at right angles to; empty for none.</param>
    internal static double[] Direction(double[] rows, int width, double[] besides)
    {
        double[] direction = new double[width], before = new double[width];
        // Begins with no direction of symmetry, and the same each time.
        for (int k = 0; k < width; k++) direction[k] = 1 + (0.37 * ((k * 7919) % 13));
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Remove(direction, besides);
            if (!Normalise(direction)) return new double[width];
            if (Difference(direction, before) < Converged) break;
            before = direction;
            double[] next = new double[width];
            for (int at = 0; at < rows.Length; at += width)
            {
                ReadOnlySpan<double> row = rows.AsSpan(at, width);
                double along = Dot(row, direction);
                for (int k = 0; k < width; k++) next[k] += along * row[k];
            }

            direction = next;
        }

        Remove(direction, besides);
        return Normalise(direction) ? direction : new double[width];
    }

    private static void Remove(double[] direction, double[] besides)
    {
        if (besides.Length == 0) return;
        double along = Dot(direction, besides);
        for (int k = 0; k < direction.Length; k++) direction[k] -= along * besides[k];
    }

    private static bool Normalise(double[] direction)
    {
        double length = Math.Sqrt(Dot(direction, direction));
        if (length < 1e-300) return false;
        for (int k = 0; k < direction.Length; k++) direction[k] /= length;
        return true;
    }

    private static double Difference(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }
}
