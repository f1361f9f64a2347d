namespace Inkling.Tuning;

/// <summary>The normal distribution, exact to about 15 digits and in logarithms far out in its tails.</summary>
internal static class Normal
{
    private const double LogRootTwoPi = 0.91893853320467274178, RootHalf = 0.70710678118654752440;

    public static double LogDensity(double x) => -0.5 * x * x - LogRootTwoPi;

    public static double Density(double x) => Math.Exp(LogDensity(x));

    public static double Cumulative(double x) => x < 0 ? 0.5 * ScaledErfc(-x * RootHalf) * Math.Exp(-0.5 * x * x) : 1 - 0.5 * ScaledErfc(x * RootHalf) * Math.Exp(-0.5 * x * x);

    /// <summary><c>log Φ(x)</c>.</summary>
    public static double LogCumulative(double x)
    {
        if (double.IsNegativeInfinity(x)) return x;
        return x < 0 ? Math.Log(0.5 * ScaledErfc(-x * RootHalf)) - 0.5 * x * x : LogOnePlus(-0.5 * ScaledErfc(x * RootHalf) * Math.Exp(-0.5 * x * x));
    }

    /// <summary>The x with <c>log Φ(x) = y</c>, y ≤ 0.</summary>
    public static double InverseLogCumulative(double y)
    {
        if (y > -20) return y >= 0 ? double.PositiveInfinity : Quantile(Math.Exp(y), -ExpMinusOne(y));
        double x = -Math.Sqrt(-2 * y);
        for (int i = 0; i < 60; i++)
        {
            double value = LogCumulative(x), step = (value - y) / Math.Exp(LogDensity(x) - value);
            x -= step;
            if (Math.Abs(step) < 1e-14 * Math.Abs(x)) break;
        }

        return x;
    }

    /// <summary>The x with <c>Φ(x) = p</c> (algorithm AS 241, *Wichura 1988*).</summary>
    public static double Quantile(double p) => Quantile(p, 1 - p);

    private static double Quantile(double p, double other)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - q * q;
            return q * Ratio(r, CentreAbove, CentreBelow);
        }

        double tail = Math.Min(p, other);
        if (tail <= 0) return q < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        double root = Math.Sqrt(-Math.Log(tail));
        double x = root <= 5 ? Ratio(root - 1.6, MiddleAbove, MiddleBelow) : Ratio(root - 5, FarAbove, FarBelow);
        return q < 0 ? -x : x;
    }

    /// <summary><c>exp(x²) erfc(x)</c> for x ≥ 0 (rational approximations of *Cody 1969*).</summary>
    public static double ScaledErfc(double x)
    {
        if (x <= 0.46875) return (1 - x * Ratio(x * x, NearAbove, NearBelow)) * Math.Exp(x * x);
        if (x <= 4) return Ratio(x, MidAbove, MidBelow);
        double inverse = 1 / (x * x);
        return (0.56418958354775628695 - inverse * Ratio(inverse, TailAbove, TailBelow)) / x;
    }

    /// <summary><c>log(1 + x)</c>, exact for small x.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary><c>exp(x) - 1</c>, exact for small x.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        double power = Math.Exp(x);
        return power == 1 ? x : (power - 1) * x / Math.Log(power);
    }

    // Polynomials by rising powers.
    private static double Ratio(double x, double[] above, double[] below) => Polynomial(x, above) / Polynomial(x, below);

    private static double Polynomial(double x, double[] factors)
    {
        double sum = 0;
        for (int i = factors.Length - 1; i >= 0; i--)
            sum = sum * x + factors[i];
        return sum;
    }

    private static readonly double[] NearAbove = [3.20937758913846947e03, 3.77485237685302021e02, 1.13864154151050156e02, 3.16112374387056560e00, 1.85777706184603153e-1];
    private static readonly double[] NearBelow = [2.84423683343917062e03, 1.28261652607737228e03, 2.44024637934444173e02, 2.36012909523441209e01, 1];
    private static readonly double[] MidAbove =
    [
        1.23033935479799725e03, 2.05107837782607147e03, 1.71204761263407058e03, 8.81952221241769090e02, 2.98635138197400131e02, 6.61191906371416295e01,
        8.88314979438837594e00, 5.64188496988670089e-1, 2.15311535474403846e-8,
    ];
    private static readonly double[] MidBelow =
    [
        1.23033935480374942e03, 3.43936767414372164e03, 4.36261909014324716e03, 3.29079923573345963e03, 1.62138957456669019e03, 5.37181101862009858e02,
        1.17693950891312499e02, 1.57449261107098347e01, 1,
    ];
    private static readonly double[] TailAbove = [6.58749161529837803e-4, 1.60837851487422766e-2, 1.25781726111229246e-1, 3.60344899949804439e-1, 3.05326634961232344e-1, 1.63153871373020978e-2];
    private static readonly double[] TailBelow = [2.33520497626869185e-3, 6.05183413124413191e-2, 5.27905102951428412e-1, 1.87295284992346725e00, 2.56852019228982242e00, 1];

    private static readonly double[] CentreAbove =
    [
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
        3.3430575583588128105e4, 2.5090809287301226727e3,
    ];
    private static readonly double[] CentreBelow =
    [
        1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
        5.2264952788528545610e3,
    ];
    private static readonly double[] MiddleAbove =
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
        2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];
    private static readonly double[] MiddleBelow =
    [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
        5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];
    private static readonly double[] FarAbove =
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
        1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];
    private static readonly double[] FarBelow =
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
        1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];
}
