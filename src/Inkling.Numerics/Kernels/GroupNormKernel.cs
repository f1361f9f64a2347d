namespace Inkling.Numerics;

/// <summary>
/// Group normalisation of [images, channels, length] (Wu, He 2018, §3): mean and variance of each image's group of channels, gain and bias of each
/// channel. A group of one channel is instance normalisation. Images are shared out among a team.
/// </summary>
internal static unsafe class GroupNormKernel
{
    /// <summary>Normalises; the means and <c>1 / √(variance + ε)</c>, [images, groups], are kept for the way back.</summary>
    public static void Forward(
        int images, int channels, int groups, int length, ReadOnlySpan<real> x, ReadOnlySpan<real> gain, ReadOnlySpan<real> bias, real epsilon,
        Span<real> means, Span<real> inverses, Span<real> y, Team team)
    {
        Check.Same(x.Length, images * channels * length, "GroupNorm", "x");
        Check.Same(y.Length, x.Length, "GroupNorm", "y");
        Check.Same(means.Length, images * groups, "GroupNorm", "the means");
        Check.Same(inverses.Length, images * groups, "GroupNorm", "the inverse deviations");
        fixed (real* px = x, pg = gain, pb = bias, pm = means, pi = inverses, py = y)
        {
            var body = new ForwardBody(channels, groups, length, px, pg, pb, epsilon, pm, pi, py);
            (x.Length < 2 * Ranges.ChunkLength ? Team.Single : team).For(images, ref body);
        }
    }

    /// <summary>
    /// Gradients: <paramref name="sums"/>, [2, images, channels], is working memory. What is added to the gradients of gain and bias is added in the order
    /// of the images.
    /// </summary>
    public static void Backward(
        int images, int channels, int groups, int length, ReadOnlySpan<real> x, ReadOnlySpan<real> gain, ReadOnlySpan<real> means, ReadOnlySpan<real> inverses, ReadOnlySpan<real> gy,
        Span<real> sums, Span<real> gx, bool accumulate, Span<real> ggain, Span<real> gbias, Team team)
    {
        Check.Same(gy.Length, x.Length, "GroupNorm", "the gradient of y");
        Check.Same(sums.Length, 2 * images * channels, "GroupNorm", "the working memory");
        fixed (real* px = x, pg = gain, pm = means, pi = inverses, pgy = gy, ps = sums, pgx = gx)
        {
            var body = new BackwardBody(images, channels, groups, length, px, pg, pm, pi, pgy, ps, gx.IsEmpty ? null : pgx, accumulate);
            (x.Length < 2 * Ranges.ChunkLength ? Team.Single : team).For(images, ref body);
        }

        for (int n = 0; n < images; n++)
        {
            if (!gbias.IsEmpty)
                Elementwise.Add(sums.Slice(n * channels, channels), gbias);
            if (!ggain.IsEmpty)
                Elementwise.Add(sums.Slice((images + n) * channels, channels), ggain);
        }
    }

    private readonly struct ForwardBody(
        int channels, int groups, int length, real* x, real* gain, real* bias, real epsilon, real* means, real* inverses, real* y) : IChunkBody
    {
        public void Run(int image)
        {
            int width = channels / groups;
            for (int g = 0; g < groups; g++)
            {
                nint at = (((nint)image * channels) + (g * width)) * length;
                ReadOnlySpan<real> all = new(x + at, width * length);
                real mean = Reduce.Sum(all) / all.Length, inverse = 1 / real.Sqrt((real)(RunNorm.SquaredDistances(all, mean) / all.Length) + epsilon);
                (means[(image * groups) + g], inverses[(image * groups) + g]) = (mean, inverse);
                for (int c = g * width; c < (g + 1) * width; c++, at += length)
                    RunNorm.Normalize(new ReadOnlySpan<real>(x + at, length), mean, inverse * gain[c], bias[c], new Span<real>(y + at, length));
            }
        }
    }

    private readonly struct BackwardBody(
        int images, int channels, int groups, int length, real* x, real* gain, real* means, real* inverses, real* gy, real* sums, real* gx, bool accumulate) : IChunkBody
    {
        public void Run(int image)
        {
            int width = channels / groups;
            real* gradients = sums + ((nint)image * channels), products = sums + (((nint)images + image) * channels);
            for (int g = 0; g < groups; g++)
            {
                real mean = means[(image * groups) + g], inverse = inverses[(image * groups) + g];
                nint start = (((nint)image * channels) + (g * width)) * length;
                double sum = 0, dot = 0, count = (double)width * length;
                nint at = start;
                for (int c = g * width; c < (g + 1) * width; c++, at += length)
                {
                    ReadOnlySpan<real> gradient = new(gy + at, length);
                    gradients[c] = Reduce.Sum(gradient);
                    products[c] = (real)(RunNorm.CenteredDot(new ReadOnlySpan<real>(x + at, length), mean, gradient) * inverse);
                    sum += (double)gradients[c] * gain[c];
                    dot += (double)products[c] * gain[c];
                }

                if (gx is null)
                    continue;
                real slope = (real)(-dot / count * inverse * inverse), offset = (real)(-sum / count * inverse);
                at = start;
                for (int c = g * width; c < (g + 1) * width; c++, at += length)
                {
                    RunNorm.Backward(
                        new ReadOnlySpan<real>(x + at, length), mean, new ReadOnlySpan<real>(gy + at, length), gain[c] * inverse, slope, offset, new Span<real>(gx + at, length), accumulate);
                }
            }
        }
    }
}
