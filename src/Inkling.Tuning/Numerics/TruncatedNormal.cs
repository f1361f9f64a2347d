namespace Inkling.Tuning;

/// <summary>The normal distribution with mean 0 and deviation 1 between two bounds, computed in logarithms so that far tails keep their digits.</summary>
internal static class TruncatedNormal
{
    /// <summary><c>log(Φ(high) - Φ(low))</c>, low ≤ high.</summary>
    public static double LogMass(double low, double high)
    {
        if (low > 0) (low, high) = (-high, -low);
        if (high > 0) return Normal.LogOnePlus(-Normal.Cumulative(low) - Normal.Cumulative(-high));
        double large = Normal.LogCumulative(high), small = Normal.LogCumulative(low);
        return large + Normal.LogOnePlus(-Math.Exp(small - large));
    }

    /// <summary>Log density at x.</summary>
    public static double LogDensity(double x, double low, double high)
        => x < low || x > high ? double.NegativeInfinity : Normal.LogDensity(x) - LogMass(low, high);

    /// <summary>The x below which a share <paramref name="p"/> of the distribution lies.</summary>
    public static double Quantile(double p, double low, double high)
    {
        if (low > 0) return -Quantile(1 - p, -high, -low);
        if (p <= 0) return low;
        if (p >= 1) return high;
        double start = Normal.LogCumulative(low), mass = Math.Log(p) + LogMass(low, high), largest = Math.Max(start, mass);
        double x = Normal.InverseLogCumulative(Math.Min(0, largest + Math.Log(Math.Exp(start - largest) + Math.Exp(mass - largest))));
        return Math.Clamp(x, low, high);
    }
}
