namespace Inkling.Tuning;

/// <summary>How much is expected from a place: log expected improvement, plus for each constraint the log probability to keep it.</summary>
/// <param name="objective">The objective, to be minimised; null while no trial is feasible.</param>
/// <param name="best">What has been reached.</param>
/// <param name="constraints">A process for each constraint, in which 0 and below is satisfied.</param>
internal sealed class Acquisition(GaussianProcess? objective, double best, IReadOnlyList<GaussianProcess> constraints)
{
    // Closer to an observed place than this share of the scale nothing is left to learn.
    private static readonly double LeastVariance = GaussianProcessFit.E("LV", 1e-11);
    private static readonly bool AEI = GaussianProcessFit.E("AEI", 0) > 0;

    private static double Augment(double variance, double noise, out double byVariance)
    {
        byVariance = 0;
        if (!AEI) return 0;
        double q = Math.Sqrt(noise / (variance + noise)), f = 1 - q;
        f = variance / (variance + noise) / (1 + q);
        byVariance = 0.5 * q / (variance + noise) / f;
        return Math.Log(f);
    }

    public double Value(ReadOnlySpan<double> x)
    {
        double sum = 0;
        if (objective is not null)
        {
            (double mean, double variance) = objective.Predict(x);
            sum = LogExpectedImprovement.Value(mean, variance + LeastVariance, best) + Augment(variance + LeastVariance, objective.Noise, out _);
        }

        foreach (GaussianProcess constraint in constraints)
        {
            (double mean, double variance) = constraint.Predict(x);
            sum += LogExpectedImprovement.Feasibility(mean, variance + LeastVariance, out _, out _);
        }

        return sum;
    }

    /// <summary>The value and its gradient, which is 0 in dimensions without order.</summary>
    public double Value(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double sum = 0;
        double[] byX = new double[x.Length], varianceByX = new double[x.Length];
        gradient.Clear();
        if (objective is not null)
        {
            (double mean, double variance) = objective.Predict(x, byX, varianceByX);
            sum = LogExpectedImprovement.Value(mean, variance + LeastVariance, best, out double byMean, out double byVariance) + Augment(variance + LeastVariance, objective.Noise, out double more);
            byVariance += more;
            VectorMath.Add(byMean, byX, gradient);
            VectorMath.Add(byVariance, varianceByX, gradient);
        }

        foreach (GaussianProcess constraint in constraints)
        {
            (double mean, double variance) = constraint.Predict(x, byX, varianceByX);
            sum += LogExpectedImprovement.Feasibility(mean, variance + LeastVariance, out double byMean, out double byVariance);
            VectorMath.Add(byMean, byX, gradient);
            VectorMath.Add(byVariance, varianceByX, gradient);
        }

        return sum;
    }

    public Acquisition? Aside(ReadOnlySpan<double> x)
    {
        if (objective is null) return null;
        (double mean, double variance) = objective.Predict(x);
        return best - mean + Math.Sqrt(variance) > GaussianProcessFit.E("TH", 0) ? null : new Acquisition(objective, best - GaussianProcessFit.E("XI", 0.1), constraints);
    }

    /// <summary>Values at many places, given dimension by dimension.</summary>
    public void Values(double[][] columns, Span<double> values)
    {
        double[] means = new double[values.Length], variances = new double[values.Length];
        values.Clear();
        if (objective is not null)
        {
            objective.Predict(columns, means, variances);
            for (int c = 0; c < values.Length; c++)
                values[c] = LogExpectedImprovement.Value(means[c], variances[c] + LeastVariance, best) + Augment(variances[c] + LeastVariance, objective.Noise, out _);
        }

        foreach (GaussianProcess constraint in constraints)
        {
            constraint.Predict(columns, means, variances);
            for (int c = 0; c < values.Length; c++)
                values[c] += LogExpectedImprovement.Feasibility(means[c], variances[c] + LeastVariance, out _, out _);
        }
    }
}
