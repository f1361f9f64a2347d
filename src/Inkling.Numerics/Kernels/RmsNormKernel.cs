using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Root mean square normalisation of one row of n elements (Zhang, Sennrich 2019, eq. 4): <c>y = gain · x / √(mean(x²) + ε)</c>.</summary>
internal static unsafe class RmsNormKernel
{
    /// <summary>Normalises a row and returns <c>1 / √(mean(x²) + ε)</c>.</summary>
    public static real Forward(ReadOnlySpan<real> x, ReadOnlySpan<real> gain, real epsilon, Span<real> y)
    {
        int n = x.Length;
        Check.Same(gain.Length, n, "RmsNorm", "the gain");
        Check.Same(y.Length, n, "RmsNorm", "y");
        real inverse = 1 / real.Sqrt((Reduce.SumOfSquares(x) / n) + epsilon);
        fixed (real* px = x, pg = gain, py = y)
        {
            var kernel = new ForwardKernel(px, pg, inverse, py);
            Ranges.Run(ref kernel, 0, n);
        }

        return inverse;
    }

    /// <summary>Adds the gradients of one row: with <c>g = gy · gain</c>, <c>gx += inverse · (g − x · inverse² · mean(g · x))</c>, <c>ggain += gy · x · inverse</c>.</summary>
    public static void Backward(ReadOnlySpan<real> x, ReadOnlySpan<real> gain, real inverse, ReadOnlySpan<real> gy, Span<real> gx, Span<real> ggain)
    {
        int n = x.Length;
        Check.Same(gy.Length, n, "RmsNorm", "the gradient of y");
        Check.Same(gx.Length, n, "RmsNorm", "the gradient of x");
        Check.Same(ggain.Length, n, "RmsNorm", "the gradient of the gain");
        fixed (real* px = x, pg = gain, pgy = gy, pgx = gx, pgg = ggain)
        {
            var sums = new SumKernel(px, pg, pgy, pgg, inverse, n);
            Lanes.Run(ref sums);
            var kernel = new BackwardKernel(px, pg, pgy, inverse, -sums.Result / n * inverse * inverse * inverse, pgx);
            Ranges.Run(ref kernel, 0, n);
        }
    }

    internal readonly struct ForwardKernel(real* x, real* gain, real inverse, real* y) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V factor = (V)inverse;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V.StorePartial(V.LoadPartial(x + i, count) * factor * V.LoadPartial(gain + i, count), y + i, count);
            }
        }
    }

    /// <summary><c>Σ gy · gain · x</c>, and the gradient of the gain.</summary>
    internal struct SumKernel(real* x, real* gain, real* gy, real* ggain, real inverse, int length) : ILaneKernel
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            new Span<real>(sums, Lanes.Accumulators).Clear();
            V factor = (V)inverse;
            for (int i = 0; i < length; i += V.Count)
            {
                int count = int.Min(V.Count, length - i);
                V product = V.LoadPartial(gy + i, count) * V.LoadPartial(x + i, count);
                V.StorePartial(V.MulAdd(product, factor, V.LoadPartial(ggain + i, count)), ggain + i, count);
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.StorePartial(V.MulAdd(product, V.LoadPartial(gain + i, count), V.Load(sum)), sum, count);
            }

            Result = Reduce.SumOf<V>(sums);
        }
    }

    internal readonly struct BackwardKernel(real* x, real* gain, real* gy, real inverse, real slope, real* gx) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V factor = (V)inverse, along = (V)slope;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V gradient = V.MulAdd(V.LoadPartial(gy + i, count) * V.LoadPartial(gain + i, count), factor, V.LoadPartial(gx + i, count));
                V.StorePartial(V.MulAdd(V.LoadPartial(x + i, count), along, gradient), gx + i, count);
            }
        }
    }
}
