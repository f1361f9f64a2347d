namespace Inkling.Numerics;

/// <content>Gradients of weights and biases.</content>
internal static unsafe partial class Convolution
{
    /// <summary><c>gw[o, c, p, q] = Σ gy[n, o, i, j] · x[n, c, i s + p d − z, j s + q d − z]</c>, or that added to it.</summary>
    public static void WeightGradient(in ConvolutionSizes sizes, ReadOnlySpan<real> x, ReadOnlySpan<real> gy, Span<real> gw, bool accumulate, Team team)
    {
        CheckLengths(sizes, x.Length, gw.Length, gy.Length);
        if (gw.IsEmpty)
            return;
        ConvolutionSizes s = Flat(sizes);
        Planes planes = InputPlanes(s);
        TapTables tables = new(0, s.Taps, 0, 0);
        for (int k = 0; k < s.Taps; k++)
            tables.Offsets[k] = TapOffset(s, planes, k);
        fixed (real* px = x, pgy = gy, pgw = gw)
        {
            var run = new WeightGradientRun(s, planes, tables.Offsets, px, pgy);
            run.Share(pgw, accumulate, team);
        }
    }

    /// <summary><c>sums[c] = Σ x[n, c, i]</c> for x of [images, channels, length], or that added to it.</summary>
    public static void ChannelSums(int images, int channels, int length, ReadOnlySpan<real> x, Span<real> sums, bool accumulate, Team team)
    {
        Check.AtLeast(x.Length, (long)images * channels * length, "ChannelSums", "x");
        Check.Same(sums.Length, channels, "ChannelSums", "the sums");
        fixed (real* px = x, ps = sums)
        {
            var body = new SumBody(px, ps, images, channels, length, accumulate);
            ((long)images * channels * length < 2 * Ranges.ChunkLength ? Team.Single : team).For(channels, ref body);
        }
    }

    private readonly struct SumBody(real* x, real* sums, int images, int channels, int length, bool accumulate) : IChunkBody
    {
        public void Run(int channel)
        {
            double total = accumulate ? sums[channel] : 0;
            for (int n = 0; n < images; n++)
                total += Reduce.Sum(new ReadOnlySpan<real>(x + (((nint)n * channels) + channel) * length, length));
            sums[channel] = (real)total;
        }
    }
}
