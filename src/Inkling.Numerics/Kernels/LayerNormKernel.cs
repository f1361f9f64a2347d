using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Layer normalisation of one row of n elements (Ba, Kiros, Hinton 2016): <c>x̂ = (x − mean) / √(variance + ε)</c>,
/// <c>y = gain · x̂ + bias</c>, the variance being the mean square distance from the mean.
/// </summary>
internal static unsafe class LayerNormKernel
{
    /// <summary>Normalises a row. What the way back needs, the mean and <c>1 / √(variance + ε)</c>, is returned.</summary>
    /// <param name="x">The row, [n].</param>
    /// <param name="gain">[n].</param>
    /// <param name="bias">[n].</param>
    /// <param name="epsilon">Added to the variance, above 0.</param>
    /// <param name="y">The result, [n]; may be <paramref name="x"/>.</param>
    public static (real Mean, real InverseDeviation) Forward(
        ReadOnlySpan<real> x, ReadOnlySpan<real> gain, ReadOnlySpan<real> bias, real epsilon, Span<real> y)
    {
        int n = x.Length;
        Check.Same(gain.Length, n, "LayerNorm", "the gain");
        Check.Same(bias.Length, n, "LayerNorm", "the bias");
        Check.Same(y.Length, n, "LayerNorm", "y");
        real mean = Reduce.Sum(x) / n;
        fixed (real* px = x, pg = gain, pb = bias, py = y)
        {
            // The variance is taken from the distances (two passes): the difference of squares would cancel.
            var squares = new SquaresKernel(px, n, mean);
            Lanes.Run(ref squares);
            real inverse = 1 / real.Sqrt((squares.Result / n) + epsilon);
            var kernel = new ForwardKernel(px, pg, pb, mean, inverse, py);
            Ranges.Run(ref kernel, 0, n);
            return (mean, inverse);
        }
    }

    /// <summary>
    /// Adds the gradients of one row: <c>gx += (g − mean(g) − x̂ · mean(g · x̂)) / deviation</c> with <c>g = gy · gain</c>,
    /// <c>ggain += gy · x̂</c>, <c>gbias += gy</c>.
    /// </summary>
    public static void Backward(
        ReadOnlySpan<real> x, ReadOnlySpan<real> gain, real mean, real inverseDeviation, ReadOnlySpan<real> gradY,
        Span<real> gradX, Span<real> gradGain, Span<real> gradBias)
    {
        int n = x.Length;
        Check.Same(gain.Length, n, "LayerNorm", "the gain");
        Check.Same(gradY.Length, n, "LayerNorm", "the gradient of y");
        Check.Same(gradX.Length, n, "LayerNorm", "the gradient of x");
        Check.Same(gradGain.Length, n, "LayerNorm", "the gradient of the gain");
        Check.Same(gradBias.Length, n, "LayerNorm", "the gradient of the bias");
        fixed (real* px = x, pg = gain, pgy = gradY, pgx = gradX, pgg = gradGain, pgb = gradBias)
        {
            var sums = new BackwardSumsKernel(px, pg, pgy, pgg, pgb, n, mean, inverseDeviation);
            Lanes.Run(ref sums);
            var kernel = new BackwardKernel(px, pg, pgy, mean, inverseDeviation, sums.Gradients / n, sums.Products / n, pgx);
            Ranges.Run(ref kernel, 0, n);
        }
    }

    internal struct SquaresKernel(real* x, int length, real mean) : ILaneKernel
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            new Span<real>(sums, Lanes.Accumulators).Clear();
            V center = (V)mean;
            for (int i = 0; i < length; i += V.Count)
            {
                int count = int.Min(V.Count, length - i);
                V d = V.LoadPartial(x + i, count) - center;
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.StorePartial(V.MulAdd(d, d, V.Load(sum)), sum, count);
            }

            Result = Reduce.SumOf<V>(sums);
        }
    }

    internal readonly struct ForwardKernel(real* x, real* gain, real* bias, real mean, real inverse, real* y) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V center = (V)mean, factor = (V)inverse;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V normal = (V.LoadPartial(x + i, count) - center) * factor;
                V.StorePartial(V.MulAdd(normal, V.LoadPartial(gain + i, count), V.LoadPartial(bias + i, count)), y + i, count);
            }
        }
    }

    /// <summary>Gradients of gain and bias, and the two sums that the gradient of x needs.</summary>
    internal struct BackwardSumsKernel(
        real* x, real* gain, real* gradY, real* gradGain, real* gradBias, int length, real mean, real inverse) : ILaneKernel
    {
        /// <summary><c>Σ gy · gain</c>.</summary>
        public real Gradients { get; private set; }

        /// <summary><c>Σ gy · gain · x̂</c>.</summary>
        public real Products { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[2 * Lanes.Accumulators];
            new Span<real>(sums, 2 * Lanes.Accumulators).Clear();
            V center = (V)mean, factor = (V)inverse;
            for (int i = 0; i < length; i += V.Count)
            {
                int count = int.Min(V.Count, length - i);
                V normal = (V.LoadPartial(x + i, count) - center) * factor;
                V gy = V.LoadPartial(gradY + i, count);
                V.StorePartial(V.MulAdd(gy, normal, V.LoadPartial(gradGain + i, count)), gradGain + i, count);
                V.StorePartial(gy + V.LoadPartial(gradBias + i, count), gradBias + i, count);
                V g = gy * V.LoadPartial(gain + i, count);
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.StorePartial(V.Load(sum) + g, sum, count);
                sum += Lanes.Accumulators;
                V.StorePartial(V.MulAdd(g, normal, V.Load(sum)), sum, count);
            }

            Gradients = Reduce.SumOf<V>(sums);
            Products = Reduce.SumOf<V>(sums + Lanes.Accumulators);
        }
    }

    internal readonly struct BackwardKernel(
        real* x, real* gain, real* gradY, real mean, real inverse, real meanGradient, real meanProduct, real* gradX) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V center = (V)mean, factor = (V)inverse, gradient = (V)meanGradient, product = (V)(-meanProduct);
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V normal = (V.LoadPartial(x + i, count) - center) * factor;
                V g = (V.LoadPartial(gradY + i, count) * V.LoadPartial(gain + i, count)) - gradient;
                V.StorePartial(V.MulAdd(V.MulAdd(normal, product, g), factor, V.LoadPartial(gradX + i, count)), gradX + i, count);
            }
        }
    }
}
