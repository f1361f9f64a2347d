namespace Inkling.Tuning;

/// <summary>
/// Minimises a smooth function in a box: limited-memory BFGS (*Nocedal 1980*) on the variables that are free, steps projected onto the box, step length by
/// backtracking.
/// </summary>
internal static class BoundedQuasiNewton
{
    /// <summary>A value and its gradient.</summary>
    public delegate double Function(ReadOnlySpan<double> x, Span<double> gradient);

    private const int Memory = 8;

    /// <summary>Moves x to a local minimum and returns its value.</summary>
    /// <param name="function">What to minimise; NaN and infinities are steps too far.</param>
    /// <param name="x">Where to begin, inside the box; where it ended.</param>
    /// <param name="low">Lower bounds.</param>
    /// <param name="high">Upper bounds.</param>
    /// <param name="evaluations">Calls of the function at most.</param>
    /// <param name="tolerance">It ends when no free component of the gradient is larger, or the value falls by less than this share.</param>
    public static double Minimize(Function function, Span<double> x, ReadOnlySpan<double> low, ReadOnlySpan<double> high, int evaluations, double tolerance)
    {
        int n = x.Length;
        double[] gradient = new double[n], next = new double[n], nextGradient = new double[n], direction = new double[n];
        var pairs = new List<(double[] S, double[] Y, double Rho)>(Memory);
        double value = function(x, gradient);
        if (!double.IsFinite(value)) return value;
        double length = 0;
        for (int calls = 1; calls < evaluations;)
        {
            if (!Descent(pairs, x, gradient, low, high, direction, tolerance)) return value;
            double step = pairs.Count > 0 ? 1 : Math.Min(1, (length > 0 ? length : 0.1) / Math.Sqrt(VectorMath.Dot(direction, direction)));
            double nextValue = double.NaN;
            bool found = false;
            for (int tries = 0; tries < 12 && calls < evaluations; tries++, calls++)
            {
                double slope = 0;
                for (int i = 0; i < n; i++)
                {
                    next[i] = Math.Clamp(x[i] + step * direction[i], low[i], high[i]);
                    slope += gradient[i] * (next[i] - x[i]);
                }

                nextValue = function(next, nextGradient);
                if (double.IsFinite(nextValue) && nextValue <= value + 1e-4 * slope)
                {
                    found = true;
                    calls++;
                    break;
                }

                // The minimum of the parabola through what is known, within a tenth and a half.
                double curved = double.IsFinite(nextValue) ? -slope / (2 * (nextValue - value - slope)) : 0;
                step *= Math.Clamp(curved, 0.1, 0.5);
            }

            if (!found)
            {
                if (pairs.Count == 0) return value;
                pairs.Clear();
                continue;
            }

            double fall = value - nextValue;
            Remember(pairs, x, next, gradient, nextGradient);
            length = Distance(x, next);
            next.CopyTo(x);
            nextGradient.CopyTo(gradient, 0);
            value = nextValue;
            if (fall <= tolerance * 1e-3 * Math.Max(1, Math.Abs(value))) return value;
        }

        return value;
    }

    // The direction -H g on the free variables; false at a stationary point.
    private static bool Descent(List<(double[] S, double[] Y, double Rho)> pairs, ReadOnlySpan<double> x, double[] gradient, ReadOnlySpan<double> low, ReadOnlySpan<double> high, double[] direction, double tolerance)
    {
        double largest = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            bool held = x[i] <= low[i] && gradient[i] > 0 || x[i] >= high[i] && gradient[i] < 0;
            direction[i] = held ? 0 : -gradient[i];
            largest = Math.Max(largest, Math.Abs(direction[i]));
        }

        if (largest <= tolerance) return false;
        if (pairs.Count == 0) return true;
        double[] plain = [.. direction];
        Span<double> factors = stackalloc double[Memory];
        for (int k = pairs.Count - 1; k >= 0; k--)
        {
            factors[k] = pairs[k].Rho * VectorMath.Dot(pairs[k].S, direction);
            VectorMath.Add(-factors[k], pairs[k].Y, direction);
        }

        (double[] s, double[] y, double _) = pairs[^1];
        double scale = VectorMath.Dot(s, y) / VectorMath.Dot(y, y);
        for (int i = 0; i < direction.Length; i++)
            direction[i] *= scale;
        for (int k = 0; k < pairs.Count; k++)
            VectorMath.Add(factors[k] - pairs[k].Rho * VectorMath.Dot(pairs[k].Y, direction), pairs[k].S, direction);
        for (int i = 0; i < direction.Length; i++)
        {
            if (plain[i] == 0) direction[i] = 0;
        }

        if (!(VectorMath.Dot(direction, plain) > 0))
        {
            plain.CopyTo(direction, 0);
            pairs.Clear();
        }

        return true;
    }

    private static void Remember(List<(double[] S, double[] Y, double Rho)> pairs, ReadOnlySpan<double> x, double[] next, double[] gradient, double[] nextGradient)
    {
        double[] s = [.. next], y = [.. nextGradient];
        VectorMath.Add(-1, x, s);
        VectorMath.Add(-1, gradient, y);
        double curvature = VectorMath.Dot(s, y);
        if (!(curvature > 1e-12 * VectorMath.Dot(y, y))) return;
        if (pairs.Count == Memory) pairs.RemoveAt(0);
        pairs.Add((s, y, 1 / curvature));
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
