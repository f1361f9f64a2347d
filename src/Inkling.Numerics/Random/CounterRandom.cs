namespace Inkling.Numerics;

/// <summary>
/// Random numbers as a function of seed, stream and counter, with no state: any of them can be asked for again, in any order, on any
/// thread. The function is two rounds of the SplitMix64 finaliser (Steele, Lea, Flood 2014) over a key of seed and stream.
/// For learning, not for security.
/// </summary>
public static partial class CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const ulong FirstFactor = 0xBF58476D1CE4E5B9;
    private const ulong SecondFactor = 0x94D049BB133111EB;
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    /// <summary>64 random bits.</summary>
    /// <param name="seed">Chosen by the user.</param>
    /// <param name="stream">What the numbers are for, such as a layer and a step: streams are independent of each other.</param>
    /// <param name="counter">Which number of the stream.</param>
    public static ulong Bits(ulong seed, ulong stream, ulong counter) => At(Key(seed, stream), counter);

    /// <summary>A number in [0, 1), uniform.</summary>
    public static real Uniform(ulong seed, ulong stream, ulong counter) => ToUniform(Bits(seed, stream, counter));

    /// <summary>Fills with numbers uniform in [low, high).</summary>
    internal static void Fill(Span<real> y, ulong seed, ulong stream, real low, real high)
    {
        ulong key = Key(seed, stream);
        for (int i = 0; i < y.Length; i++)
            y[i] = low + ((high - low) * ToUniform(At(key, (ulong)i)));
    }

    /// <summary>Fills with numbers uniform in [0, 1).</summary>
    internal static void Fill(Span<real> y, ulong seed, ulong stream) => Fill(y, seed, stream, 0, 1);

    /// <summary>Fills with normally distributed numbers (Box, Muller 1958).</summary>
    internal static void FillGaussian(Span<real> y, ulong seed, ulong stream, real mean, real deviation)
    {
        ulong key = Key(seed, stream);
        for (int i = 0; i < y.Length; i += 2)
        {
            // 1 − u lies in (0, 1], where the logarithm is finite.
            double radius = Math.Sqrt(-2 * Math.Log(1 - ((At(key, (ulong)i) >> 11) * TwoToMinus53)));
            double angle = 2 * Math.PI * ((At(key, (ulong)i + 1) >> 11) * TwoToMinus53);
            y[i] = mean + (deviation * (real)(radius * Math.Cos(angle)));
            if (i + 1 < y.Length)
                y[i + 1] = mean + (deviation * (real)(radius * Math.Sin(angle)));
        }
    }

    /// <summary>
    /// Fills with a dropout mask: 0 with probability <paramref name="rate"/> (to 2⁻³²), else <c>1 / (1 − rate)</c>, so that the mean is 1.
    /// </summary>
    internal static void FillDropoutMask(Span<real> y, ulong seed, ulong stream, real rate)
    {
        ulong key = Key(seed, stream);
        real keep = 1 / (1 - rate);
        uint threshold = (uint)Math.Min((double)rate * 4294967296.0, uint.MaxValue);
        int start = 0;
#if !REAL_DOUBLE
        start = FillMaskVectors(y, key, threshold, keep);
#endif
        // Every 64 bits decide about two elements.
        for (int i = start; i < y.Length; i += 2)
        {
            ulong bits = At(key, (ulong)i >> 1);
            y[i] = (uint)bits < threshold ? 0 : keep;
            if (i + 1 < y.Length)
                y[i + 1] = (uint)(bits >> 32) < threshold ? 0 : keep;
        }
    }

    private static ulong Key(ulong seed, ulong stream) => Mix(seed ^ Mix(stream + Golden));

    private static ulong At(ulong key, ulong counter) => Mix(Mix(key + (counter * Golden)) ^ key);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * FirstFactor;
        z = (z ^ (z >> 27)) * SecondFactor;
        return z ^ (z >> 31);
    }

#if REAL_DOUBLE
    private static real ToUniform(ulong bits) => (bits >> 11) * TwoToMinus53;
#else
    private static real ToUniform(ulong bits) => (bits >> 40) * 5.9604645e-8f; // 2⁻²⁴: every result is exact and below 1
#endif
}
