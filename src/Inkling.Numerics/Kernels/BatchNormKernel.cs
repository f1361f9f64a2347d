namespace Inkling.Numerics;

/// <summary>
/// Batch normalisation of [images, channels, length] (Ioffe, Szegedy 2015, Alg. 1): <c>x̂ = (x − mean) / √(variance + ε)</c> with mean and variance of a channel
/// over all images and places, <c>y = gain · x̂ + bias</c>. Channels are shared out among a team.
/// </summary>
internal static unsafe class BatchNormKernel
{
    /// <summary>Mean and variance (mean square distance) of each channel.</summary>
    public static void Statistics(int images, int channels, int length, ReadOnlySpan<real> x, Span<real> means, Span<real> variances, Team team)
    {
        Check.AtLeast(x.Length, (long)images * channels * length, "BatchNorm", "x");
        Check.Same(means.Length, channels, "BatchNorm", "the means");
        Check.Same(variances.Length, channels, "BatchNorm", "the variances");
        fixed (real* px = x, pm = means, pv = variances)
        {
            var body = new StatisticsBody(images, channels, length, px, pm, pv);
            TeamFor(x.Length, team).For(channels, ref body);
        }
    }

    /// <summary><c>y = (x − mean) · inverse · gain + bias</c>, inverse being <c>1 / √(variance + ε)</c>.</summary>
    public static void Forward(
        int images, int channels, int length, ReadOnlySpan<real> x, ReadOnlySpan<real> means, ReadOnlySpan<real> inverses, ReadOnlySpan<real> gain, ReadOnlySpan<real> bias,
        Span<real> y, Team team)
    {
        Check.Same(y.Length, x.Length, "BatchNorm", "y");
        Check.Same(gain.Length, channels, "BatchNorm", "the gain");
        Check.Same(bias.Length, channels, "BatchNorm", "the bias");
        fixed (real* px = x, pm = means, pi = inverses, pg = gain, pb = bias, py = y)
        {
            var body = new ForwardBody(images, channels, length, px, pm, pi, pg, pb, py);
            TeamFor(x.Length, team).For(channels, ref body);
        }
    }

    /// <summary>
    /// <c>gx = gain · inverse · (gy − mean(gy) − x̂ · mean(gy · x̂))</c> or that added to it; <c>ggain += Σ gy · x̂</c>, <c>gbias += Σ gy</c>. Where the statistics are
    /// <paramref name="given"/> and not of x, <c>gx = gain · inverse · gy</c>. Empty gradients are not wanted.
    /// </summary>
    public static void Backward(
        int images, int channels, int length, ReadOnlySpan<real> x, ReadOnlySpan<real> means, ReadOnlySpan<real> inverses, ReadOnlySpan<real> gain, ReadOnlySpan<real> gy, bool given,
        Span<real> gx, bool accumulate, Span<real> ggain, Span<real> gbias, Team team)
    {
        Check.Same(gy.Length, x.Length, "BatchNorm", "the gradient of y");
        fixed (real* px = x, pm = means, pi = inverses, pg = gain, pgy = gy, pgx = gx, pgg = ggain, pgb = gbias)
        {
            var body = new BackwardBody
            {
                Images = images,
                Channels = channels,
                Length = length,
                X = px,
                Means = pm,
                Inverses = pi,
                Gain = pg,
                Gy = pgy,
                Given = given,
                Gx = gx.IsEmpty ? null : pgx,
                Accumulate = accumulate,
                GradGain = ggain.IsEmpty ? null : pgg,
                GradBias = gbias.IsEmpty ? null : pgb,
            };
            TeamFor(x.Length, team).For(channels, ref body);
        }
    }

    private static Team TeamFor(int length, Team team) => length < 2 * Ranges.ChunkLength ? Team.Single : team;

    private readonly struct StatisticsBody(int images, int channels, int length, real* x, real* means, real* variances) : IChunkBody
    {
        public void Run(int channel)
        {
            double sum = 0, squares = 0, count = (double)images * length;
            for (int n = 0; n < images; n++)
                sum += Reduce.Sum(new ReadOnlySpan<real>(x + ((((nint)n * channels) + channel) * length), length));
            real mean = (real)(sum / count);
            for (int n = 0; n < images; n++)
                squares += RunNorm.SquaredDistances(new ReadOnlySpan<real>(x + ((((nint)n * channels) + channel) * length), length), mean);
            means[channel] = mean;
            variances[channel] = (real)(squares / count);
        }
    }

    private readonly struct ForwardBody(int images, int channels, int length, real* x, real* means, real* inverses, real* gain, real* bias, real* y) : IChunkBody
    {
        public void Run(int channel)
        {
            for (int n = 0; n < images; n++)
            {
                nint at = (((nint)n * channels) + channel) * length;
                RunNorm.Normalize(new ReadOnlySpan<real>(x + at, length), means[channel], inverses[channel] * gain[channel], bias[channel], new Span<real>(y + at, length));
            }
        }
    }

    private struct BackwardBody : IChunkBody
    {
        public int Images;
        public int Channels;
        public int Length;
        public real* X;
        public real* Means;
        public real* Inverses;
        public real* Gain;
        public real* Gy;
        public bool Given;
        public real* Gx;
        public bool Accumulate;
        public real* GradGain;
        public real* GradBias;

        public readonly void Run(int channel)
        {
            double sum = 0, dot = 0, count = (double)Images * Length;
            real mean = Means[channel], inverse = Inverses[channel];
            for (int n = 0; n < Images; n++)
            {
                nint at = (((nint)n * Channels) + channel) * Length;
                ReadOnlySpan<real> gradient = new(Gy + at, Length);
                sum += Reduce.Sum(gradient);
                dot += RunNorm.CenteredDot(new ReadOnlySpan<real>(X + at, Length), mean, gradient);
            }

            if (GradGain is not null)
                GradGain[channel] += (real)(dot * inverse);
            if (GradBias is not null)
                GradBias[channel] += (real)sum;
            if (Gx is null)
                return;
            real a = Gain[channel] * inverse, b = Given ? 0 : (real)(-a * dot / count * inverse * inverse), c = Given ? 0 : (real)(-a * sum / count);
            for (int n = 0; n < Images; n++)
            {
                nint at = (((nint)n * Channels) + channel) * Length;
                RunNorm.Backward(new ReadOnlySpan<real>(X + at, Length), mean, new ReadOnlySpan<real>(Gy + at, Length), a, b, c, new Span<real>(Gx + at, Length), Accumulate);
            }
        }
    }
}
