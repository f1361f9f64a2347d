namespace Inkling.Language;

/// <summary>
/// Counts in a byte: exact up to 33, then in equal ratios up to the largest. Everything is normalised with the rounded counts, so that
/// rounding shifts probability between continuations by a few per cent at most and the sum stays 1.
/// </summary>
internal sealed class CountScale
{
    private const int Exact = 33;
    private readonly double _ratio;

    private CountScale(double ratio) => _ratio = ratio;

    public static CountScale For(int largest) => new(Math.Max(1.01, Math.Pow(Math.Max(largest, 2 * Exact) / (double)Exact, 1.0 / (256 - Exact))));

    public byte Code(int count) => count <= Exact
        ? (byte)(Math.Max(1, count) - 1)
        : (byte)Math.Min(255, Exact - 1 + (int)Math.Round(Math.Log(count / (double)Exact) / Math.Log(_ratio)));

    public double Count(int code) => code < Exact ? code + 1 : Exact * Math.Pow(_ratio, code - Exact + 1);
}

/// <summary>
/// A share between 0 and 1 in a byte, even steps of <c>log(m / (1 − m))</c> from −10 to 10: the share and what it leaves are both right within 4 %.
/// </summary>
internal static class MassScale
{
    private const double Range = 10;
    private const double Step = 2 * Range / 255;

    public static byte Code(double mass)
    {
        double logit = Math.Log(Math.Max(mass, 1e-9) / Math.Max(1 - mass, 1e-9));
        return (byte)Math.Round((Math.Clamp(logit, -Range, Range) + Range) / Step);
    }

    /// <summary>The share itself.</summary>
    public static float Mass(int code) => (float)(1 / (1 + Math.Exp(Range - code * Step)));

    /// <summary>What the share leaves of 1.</summary>
    public static float Rest(int code) => (float)(1 / (1 + Math.Exp(code * Step - Range)));
}
