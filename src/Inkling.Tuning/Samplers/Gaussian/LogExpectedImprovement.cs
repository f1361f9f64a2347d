namespace Inkling.Tuning;

/// <summary>
/// The logarithm of the expected improvement below a value, and of the probability to keep a constraint, without cancellation or underflow
/// (*Ament, Daulton, Eriksson, Balandat and Bakshy 2023, §4.1*).
/// </summary>
internal static class LogExpectedImprovement
{
    private const double LogRootHalfPi = 0.22579135264472743236;   // log √(π/2)
    private const double LogRootTwoPi = 0.91893853320467274178;

    /// <summary><c>log E max(best - f, 0)</c> for f normal.</summary>
    public static double Value(double mean, double variance, double best)
    {
        double deviation = Math.Sqrt(variance);
        return Math.Log(deviation) + LogH((best - mean) / deviation);
    }

    /// <summary>The same with the derivatives by mean and variance.</summary>
    public static double Value(double mean, double variance, double best, out double byMean, out double byVariance)
    {
        double deviation = Math.Sqrt(variance), z = (best - mean) / deviation, log = LogH(z);
        byMean = -Math.Exp(Normal.LogCumulative(z) - log) / deviation;
        byVariance = Math.Exp(Normal.LogDensity(z) - log) / (2 * variance);
        return Math.Log(deviation) + log;
    }

    /// <summary><c>log Φ(-mean / deviation)</c>: that a constraint, satisfied at 0 and below, is satisfied.</summary>
    public static double Feasibility(double mean, double variance, out double byMean, out double byVariance)
    {
        double deviation = Math.Sqrt(variance), z = -mean / deviation, log = Normal.LogCumulative(z), ratio = Math.Exp(Normal.LogDensity(z) - log);
        byMean = -ratio / deviation;
        byVariance = -ratio * z / (2 * variance);
        return log;
    }

    /// <summary><c>log (φ(z) + z Φ(z))</c>.</summary>
    public static double LogH(double z)
    {
        if (z > -1) return Math.Log(Normal.Density(z) + z * Normal.Cumulative(z));
        double head = -0.5 * z * z - LogRootTwoPi;
        if (z <= -1e5) return head - 2 * Math.Log(-z);
        // φ + zΦ = φ (1 - |z| √(π/2) erfcx(|z|/√2)), and the product is close to 1 for large |z|.
        double logProduct = Math.Log(Normal.ScaledErfc(-z / Math.Sqrt(2)) * -z) + LogRootHalfPi;
        return head + Math.Log(-Normal.ExpMinusOne(logProduct));
    }
}
