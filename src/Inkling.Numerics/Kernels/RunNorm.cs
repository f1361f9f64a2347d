using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// What batch, group and instance normalisation do to a run of neighbours that share their mean and scale: sums in 16 accumulators, blocks
/// of 4096 summed in double, and the maps <c>(x − mean) · scale + shift</c> there and back.
/// </summary>
internal static unsafe class RunNorm
{
    private const int Block = 4096;

    /// <summary><c>Σ (x − mean)²</c>.</summary>
    public static double SquaredDistances(ReadOnlySpan<real> x, real mean)
    {
        double total = 0;
        fixed (real* px = x)
        {
            for (int i = 0; i < x.Length; i += Block)
            {
                var kernel = new LayerNormKernel.SquaresKernel(px + i, int.Min(Block, x.Length - i), mean);
                Lanes.Run(ref kernel);
                total += kernel.Result;
            }
        }

        return total;
    }

    /// <summary><c>Σ (x − mean) · gy</c>.</summary>
    public static double CenteredDot(ReadOnlySpan<real> x, real mean, ReadOnlySpan<real> gy)
    {
        Check.Same(gy.Length, x.Length, "CenteredDot", "the gradient");
        double total = 0;
        fixed (real* px = x, pgy = gy)
        {
            for (int i = 0; i < x.Length; i += Block)
            {
                var kernel = new DotKernel(px + i, pgy + i, int.Min(Block, x.Length - i), mean);
                Lanes.Run(ref kernel);
                total += kernel.Result;
            }
        }

        return total;
    }

    /// <summary><c>y = (x − mean) · scale + shift</c>.</summary>
    public static void Normalize(ReadOnlySpan<real> x, real mean, real scale, real shift, Span<real> y)
    {
        Check.Same(y.Length, x.Length, "Normalize", "y");
        fixed (real* px = x, py = y)
        {
            var kernel = new ForwardKernel(px, py, mean, scale, shift);
            Ranges.Run(ref kernel, 0, x.Length);
        }
    }

    /// <summary><c>gx = a · gy + b · (x − mean) + c</c>, or that added to it.</summary>
    public static void Backward(ReadOnlySpan<real> x, real mean, ReadOnlySpan<real> gy, real a, real b, real c, Span<real> gx, bool accumulate)
    {
        Check.Same(gy.Length, x.Length, "Normalize", "the gradient of y");
        Check.Same(gx.Length, x.Length, "Normalize", "the gradient of x");
        fixed (real* px = x, pgy = gy, pgx = gx)
        {
            var kernel = new BackwardKernel(px, pgy, pgx, mean, a, b, c, accumulate);
            Ranges.Run(ref kernel, 0, x.Length);
        }
    }

    internal struct DotKernel(real* x, real* gy, int length, real mean) : ILaneKernel
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
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.StorePartial(V.MulAdd(V.LoadPartial(x + i, count) - center, V.LoadPartial(gy + i, count), V.Load(sum)), sum, count);
            }

            Result = Reduce.SumOf<V>(sums);
        }
    }

    internal readonly struct ForwardKernel(real* x, real* y, real mean, real scale, real shift) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V center = (V)mean, factor = (V)scale, offset = (V)shift;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V.StorePartial(V.MulAdd(V.LoadPartial(x + i, count) - center, factor, offset), y + i, count);
            }
        }
    }

    internal readonly struct BackwardKernel(real* x, real* gy, real* gx, real mean, real a, real b, real c, bool accumulate) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V center = (V)mean, factor = (V)a, slope = (V)b, offset = (V)c;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V gradient = V.MulAdd(V.LoadPartial(gy + i, count), factor, V.MulAdd(V.LoadPartial(x + i, count) - center, slope, offset));
                V.StorePartial(accumulate ? V.LoadPartial(gx + i, count) + gradient : gradient, gx + i, count);
            }
        }
    }
}
