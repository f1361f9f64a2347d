namespace Inkling.Tuning;

/// <summary>How much is expected from a place: log expected improvement, plus for each constraint the log probability to keep it, plus what is believed of the ends of ranges.</summary>
/// <param name="objective">The objective, to be minimised; null while no trial is feasible.</param>
/// <param name="best">What has been reached.</param>
/// <param name="constraints">A process for each constraint, in which 0 and below is satisfied.</param>
/// <param name="belief">Where the best value is expected.</param>
internal sealed class Acquisition(GaussianProcess? objective, double best, IReadOnlyList<GaussianProcess> constraints, InteriorBelief belief)
{
    // Closer to an observed place than this share of the scale nothing is left to learn.
    private const double LeastVariance = 1e-11;

    /// <summary>The log expected improvement alone; 0 while no trial is feasible.</summary>
    public double Expected(ReadOnlySpan<double> x)
    {
        if (objective is null) return 0;
        (double mean, double variance) = objective.Predict(x);
        return LogExpectedImprovement.Value(mean, variance + LeastVariance, best);
    }

    public double Value(ReadOnlySpan<double> x)
    {
        double sum = belief.Log(x) + Expected(x);
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
        double[] byX = new double[x.Length], varianceByX = new double[x.Length];
        gradient.Clear();
        double sum = belief.Log(x, gradient);
        if (objective is not null)
        {
            (double mean, double variance) = objective.Predict(x, byX, varianceByX);
            sum += LogExpectedImprovement.Value(mean, variance + LeastVariance, best, out double byMean, out double byVariance);
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

    /// <summary>Values at many places, given dimension by dimension.</summary>
    public void Values(double[][] columns, Span<double> values)
    {
        double[] means = new double[values.Length], variances = new double[values.Length];
        values.Clear();
        belief.AddLog(columns, values);
        if (objective is not null)
        {
            objective.Predict(columns, means, variances);
            for (int c = 0; c < values.Length; c++)
                values[c] += LogExpectedImprovement.Value(means[c], variances[c] + LeastVariance, best);
        }

        foreach (GaussianProcess constraint in constraints)
        {
            constraint.Predict(columns, means, variances);
            for (int c = 0; c < values.Length; c++)
                values[c] += LogExpectedImprovement.Feasibility(means[c], variances[c] + LeastVariance, out _, out _);
        }
    }
}
