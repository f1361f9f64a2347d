namespace Inkling.Tuning.Tests;

public sealed class GaussianProcessTests
{
    private static readonly bool[] Ordered = [true, true, false];
    private static readonly double[] Hyper = [Math.Log(0.4), Math.Log(0.8), Math.Log(1.2), 1.6, Math.Log(1.5), Math.Log(1e-3)];

    private static (double[][] Points, double[] Values) Data()
    {
        var random = new RandomSource(3);
        double[][] points = [.. Enumerable.Range(0, 15).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.Next(3) })];
        return (points, ObservedTrials.Standardize([.. points.Select(x => Math.Sin(5 * x[0]) + x[1] + (x[2] == 1 ? 0.5 : 0))], out _));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_gradient_of_the_likelihood_is_that_of_differences(bool warped, bool broad)
    {
        (double[][] points, double[] values) = Data();
        var fit = new GaussianProcessFit(points, values, Ordered, warped, broad);
        double[] gradient = new double[6], other = new double[6];
        fit.Loss(Hyper, gradient);
        for (int j = 0; j < Hyper.Length; j++)
        {
            double[] up = [.. Hyper], down = [.. Hyper];
            up[j] += 1e-5;
            down[j] -= 1e-5;
            Assert.Equal((fit.Loss(up, other) - fit.Loss(down, other)) / 2e-5, gradient[j], 4);
        }
    }

    // The likelihood is the same for both, so what is left is the two densities: gamma of the logarithm of the length, log-normal of the length itself.
    [Fact]
    public void Broad_lengths_are_log_normal_and_usual_ones_gamma()
    {
        static double Densities(double length)
        {
            double mode = Math.Sqrt(3) / 2, far = Math.Log(length) - Math.Sqrt(2) - 0.5 * Math.Log(3);
            double gamma = 2 * Math.Log(length) - 2 * length / mode, logNormal = -Math.Log(length) - far * far / 6;
            return gamma - logNormal;
        }

        (double[][] points, double[] values) = Data();
        double[] shorter = [.. Hyper], longer = [.. Hyper], slopes = new double[6];
        (shorter[1], longer[1]) = (Math.Log(0.3), Math.Log(7));
        GaussianProcessFit usual = new(points, values, Ordered, warped: true), broad = new(points, values, Ordered, warped: true, broad: true);
        double shift = broad.Loss(longer, slopes) - usual.Loss(longer, slopes) - (broad.Loss(shorter, slopes) - usual.Loss(shorter, slopes));
        Assert.Equal(Densities(7) - Densities(0.3), shift, 8);
    }

    [Fact]
    public void A_broad_fit_lets_go_of_a_dimension_without_influence()
    {
        var random = new RandomSource(8);
        double[][] points = [.. Enumerable.Range(0, 30).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        double[] values = ObservedTrials.Standardize([.. points.Select(x => Math.Sin(6 * x[0]))], out _);
        GaussianProcessFit usual = new(points, values, [true, true], warped: false), broad = new(points, values, [true, true], warped: false, broad: true);
        double withUsual = Math.Exp(usual.Fit(usual.Start(), 60, out _)[1]), withBroad = Math.Exp(broad.Fit(broad.Start(), 60, out _)[1]);
        Assert.True(withBroad > 2 * withUsual, $"{withUsual} {withBroad}");
    }

    [Fact]
    public void Predictions_agree_one_by_one_and_together_and_so_do_their_gradients()
    {
        (double[][] points, double[] values) = Data();
        var process = new GaussianProcess(points, values, Ordered, Hyper);
        double[] x = [0.3, 0.6, 1], byMean = new double[3], byVariance = new double[3], means = new double[1], variances = new double[1];
        (double mean, double variance) = process.Predict(x, byMean, byVariance);
        process.Predict([[0.3], [0.6], [1]], means, variances);
        Assert.Equal(mean, means[0], 10);
        Assert.Equal(variance, variances[0], 10);
        for (int j = 0; j < 2; j++)
        {
            double[] up = [.. x], down = [.. x];
            up[j] += 1e-6;
            down[j] -= 1e-6;
            Assert.Equal((process.Predict(up).Mean - process.Predict(down).Mean) / 2e-6, byMean[j], 5);
            Assert.Equal((process.Predict(up).Variance - process.Predict(down).Variance) / 2e-6, byVariance[j], 5);
        }

        Assert.InRange(process.Predict(points[2]).Mean, values[2] - 0.1, values[2] + 0.1);
        process.Believe(x);
        Assert.Equal(mean, process.Predict(x).Mean, 4);
        Assert.True(process.Predict(x).Variance < variance / 3);
    }

    [Fact]
    public void Skewed_values_are_made_even()
    {
        (double[][] points, double[] values) = Data();
        double[] skewed = ObservedTrials.Standardize([.. values.Select(value => Math.Exp(3 * value))], out _);
        var fit = new GaussianProcessFit(points, skewed, Ordered, warped: true);
        double[] hyper = fit.Fit(fit.Start(), 60, out double loss), even = fit.Even(hyper);
        var plain = new GaussianProcessFit(points, skewed, Ordered, warped: false);
        plain.Fit(plain.Start(), 60, out double plainLoss);
        Assert.True(hyper[^3] < 0.8, $"{hyper[^3]}");
        Assert.True(loss < plainLoss - 3, $"{loss} {plainLoss}");
        Assert.Equal(0, even.Average(), 10);
        Assert.Equal(1, even.Average(value => value * value), 10);
        Assert.Equal(Enumerable.Range(0, 15).OrderBy(i => skewed[i]), Enumerable.Range(0, 15).OrderBy(i => even[i]));
    }

    [Fact]
    public void Correlations_fall_with_distance_from_one()
    {
        (double[][] points, double[] values) = Data();
        double[] correlations = new GaussianProcess(points, values, Ordered, Hyper).Correlations(points[4]);
        Assert.Equal(15, correlations.Length);
        Assert.Equal(1, correlations[4], 12);
        Assert.All(correlations, one => Assert.InRange(one, 0, 1));
    }
}
