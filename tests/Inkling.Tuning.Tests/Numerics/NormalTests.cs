namespace Inkling.Tuning.Tests;

/// <summary>Expected values: SciPy 1.10 and Optuna 3.1; of the expected improvement mpmath with 60 digits.</summary>
public sealed class NormalTests
{
    private static void Close(double expected, double actual, double tolerance = 1e-13)
        => Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1e-300, Math.Abs(expected)) + 1e-16, $"{actual:R}, not {expected:R}");

    [Theory]
    [InlineData(-40, -804.6084420137539)]
    [InlineData(-10, -53.23128515051248)]
    [InlineData(-3.3, -7.634616148071127)]
    [InlineData(-1, -1.841021645009264)]
    [InlineData(-0.2, -0.8657395226815952)]
    [InlineData(0, -0.6931471805599453)]
    [InlineData(0.7, -0.2770239422771313)]
    [InlineData(2.5, -0.006229025485860001)]
    [InlineData(6, -9.865876455243719e-10)]
    public void The_logarithm_of_the_cumulative_distribution(double x, double expected)
    {
        Close(expected, Normal.LogCumulative(x));
        Close(Math.Exp(expected), Normal.Cumulative(x));
    }

    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-20, -9.262340089798409)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.3, -0.5244005127080409)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.999999, 4.753424308817087)]
    public void Quantiles(double p, double expected) => Close(expected, Normal.Quantile(p), 1e-11);

    [Theory]
    [InlineData(-1e4, -141.37983987312978)]
    [InlineData(-800, -39.88469483825668)]
    [InlineData(-50, -9.674825283612355)]
    [InlineData(-3, -1.6469217205277145)]
    [InlineData(-0.1, 1.309617799458493)]
    [InlineData(-1e-12, 7.034483825301202)]
    public void Quantiles_of_logarithms(double y, double expected) => Close(expected, Normal.InverseLogCumulative(y), 1e-11);

    [Theory]
    [InlineData(-1, 2, 0.5, -0.84377223888021)]
    [InlineData(5, 6, 5.2, 0.6295075633247773)]
    [InlineData(-30, -29, -29.1, 0.46348137652563537)]
    [InlineData(-8, 9, 1, -1.418938533204672)]
    [InlineData(0.1, 0.1001, 0.10005, 9.210340372389034)]
    public void Densities_between_bounds(double low, double high, double x, double expected) => Close(expected, TruncatedNormal.LogDensity(x, low, high), 1e-10);

    [Theory]
    [InlineData(-1, 2, 0.3, -0.2424038178892272)]
    [InlineData(5, 6, 0.5, 5.131371763283919)]
    [InlineData(-30, -29, 0.9, -29.003628590072665)]
    [InlineData(20, 22, 0.25, 20.014343291896004)]
    [InlineData(-3, 40, 0.999, 3.090633464118687)]
    public void Quantiles_between_bounds(double low, double high, double p, double expected) => Close(expected, TruncatedNormal.Quantile(p, low, high), 1e-11);

    [Theory]
    [InlineData(3, 1.0987396653277078)]
    [InlineData(0.5, -0.35982768374506382)]
    [InlineData(-0.5, -1.6205162643873199)]
    [InlineData(-1.5, -3.5299359208057099)]
    [InlineData(-5, -16.74430116266099)]
    [InlineData(-20, -206.9178385094251)]
    [InlineData(-1000, -500014.73445209116)]
    [InlineData(-200000, -20000000025.331084)]
    public void The_logarithm_of_expected_improvement(double z, double expected)
    {
        Close(expected, LogExpectedImprovement.LogH(z), 1e-11);
        Close(expected + Math.Log(2), LogExpectedImprovement.Value(1 - 2 * z, 4, 1), 1e-11);
    }

    [Theory]
    [InlineData(0.3, 2, 0.1)]
    [InlineData(5, 0.04, 0)]
    [InlineData(-1, 1, 2)]
    public void Its_derivatives_are_those_of_differences(double mean, double variance, double best)
    {
        const double Step = 1e-6;
        LogExpectedImprovement.Value(mean, variance, best, out double byMean, out double byVariance);
        Close((LogExpectedImprovement.Value(mean + Step, variance, best) - LogExpectedImprovement.Value(mean - Step, variance, best)) / (2 * Step), byMean, 1e-6);
        Close((LogExpectedImprovement.Value(mean, variance + Step, best) - LogExpectedImprovement.Value(mean, variance - Step, best)) / (2 * Step), byVariance, 1e-4);
    }
}
