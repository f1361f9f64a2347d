using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Reductions. Element i goes to accumulator i mod 16 whatever the lane width, blocks of 4096 are summed in double: results do not
/// depend on width (with fused multiply-add) or threads, and the error of long sums stays that of one block.
/// </summary>
internal static unsafe class Reduce
{
    /// <summary>Elements summed in <c>real</c> before they are added to the total in double.</summary>
    private const int Block = 4096;

    /// <summary><c>Σ x</c>.</summary>
    public static real Sum(ReadOnlySpan<real> x)
    {
        fixed (real* px = x)
            return (real)Total<Identity>(px, px, x.Length);
    }

    /// <summary><c>Σ x²</c>.</summary>
    public static real SumOfSquares(ReadOnlySpan<real> x)
    {
        fixed (real* px = x)
            return (real)Total<Product>(px, px, x.Length);
    }

    /// <summary><c>Σ a b</c>.</summary>
    public static real Dot(ReadOnlySpan<real> a, ReadOnlySpan<real> b)
    {
        Check.Same(b.Length, a.Length, "Dot", "the right operand");
        fixed (real* pa = a, pb = b)
            return (real)Total<Product>(pa, pb, a.Length);
    }

    /// <summary>The largest element; −∞ of none, NaN if one is NaN.</summary>
    public static real Max(ReadOnlySpan<real> x)
    {
        fixed (real* px = x)
        {
            var kernel = new MaxKernel(px, x.Length);
            Lanes.Run(ref kernel);
            return kernel.Result;
        }
    }

    /// <summary>The largest magnitude; 0 of none, NaN if one is NaN.</summary>
    public static real MaxMagnitude(ReadOnlySpan<real> x)
    {
        fixed (real* px = x)
        {
            var kernel = new MaxMagnitudeKernel(px, x.Length);
            Lanes.Run(ref kernel);
            return kernel.Result;
        }
    }

    /// <summary>Position of the first largest element that is a number; 0 if there is none.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> is empty.</exception>
    public static int ArgMax(ReadOnlySpan<real> x)
    {
        Check.AtLeast(x.Length, 1, "ArgMax", "x");
        int best = 0;
        real largest = real.NegativeInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i] > largest)
            {
                largest = x[i];
                best = i;
            }
        }

        return best;
    }

    /// <summary>Whether no element is ∞ or NaN.</summary>
    public static bool AllFinite(ReadOnlySpan<real> x)
    {
        // x · 0 is 0 of a finite x and NaN of any other, and NaN survives addition.
        fixed (real* px = x)
            return Total<TimesZero>(px, px, x.Length) == 0;
    }

    /// <summary><c>y[j] += Σᵢ x[i, j]</c> for x of [rows, columns]. Columns are shared out among the team; rows are added in order.</summary>
    public static void ColumnSums(ReadOnlySpan<real> x, int rows, int columns, Span<real> y, Team team)
    {
        Check.AtLeast(x.Length, (long)rows * columns, "ColumnSums", "x");
        Check.Same(y.Length, columns, "ColumnSums", "y");
        fixed (real* px = x, py = y)
        {
            var kernel = new ColumnSumsKernel(px, rows, columns, py);
            if (team.Threads == 1 || (long)rows * columns < 2 * Ranges.ChunkLength)
                Ranges.Run(ref kernel, 0, columns);
            else
                team.For((columns + ColumnSumsKernel.Strip - 1) / ColumnSumsKernel.Strip, ref kernel);
        }
    }

    /// <summary>The sum of 16 accumulators by halving, as <see cref="ILane{V}.Sum"/> of the widest lane does it.</summary>
    public static real SumOf(real* accumulators)
    {
        for (int half = Lanes.Accumulators / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                accumulators[i] += accumulators[i + half];
        }

        return accumulators[0];
    }

    private static double Total<TTerm>(real* a, real* b, int length)
        where TTerm : struct, ITerm
    {
        double total = 0;
        for (int start = 0; start < length; start += Block)
        {
            var kernel = new BlockKernel<TTerm>(a + start, b + start, int.Min(Block, length - start));
            Lanes.Run(ref kernel);
            total += kernel.Result;
        }

        return total;
    }

    /// <summary>What is summed.</summary>
    internal interface ITerm
    {
        static abstract V Add<V>(V sum, V a, V b)
            where V : struct, ILane<V>;
    }

    internal readonly struct Identity : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V sum, V a, V b)
            where V : struct, ILane<V> => sum + a;
    }

    internal readonly struct Product : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V sum, V a, V b)
            where V : struct, ILane<V> => V.MulAdd(a, b, sum);
    }

    internal readonly struct TimesZero : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V sum, V a, V b)
            where V : struct, ILane<V> => V.MulAdd(a, (V)(real)0, sum);
    }

    internal struct BlockKernel<TTerm>(real* a, real* b, int length) : ILaneKernel
        where TTerm : struct, ITerm
    {
        public real Result { get; private set; }

        /// <summary>
        /// The 16 accumulators are one, two or four registers (the conditions are constants of the compiled method), or memory
        /// where elements are taken one at a time.
        /// </summary>
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            real* pa = a, pb = b;
            V s0 = default, s1 = default, s2 = default, s3 = default;
            if (V.Count == 1)
                new Span<real>(sums, Lanes.Accumulators).Clear();
            int i = 0;
            for (; i <= length - Lanes.Accumulators; i += Lanes.Accumulators, pa += Lanes.Accumulators, pb += Lanes.Accumulators)
            {
                if (V.Count == 1)
                {
                    for (int j = 0; j < Lanes.Accumulators; j++)
                        V.Store(TTerm.Add(V.Load(sums + j), V.Load(pa + j), V.Load(pb + j)), sums + j);
                    continue;
                }

                s0 = TTerm.Add(s0, V.Load(pa), V.Load(pb));
                if (V.Count <= 8)
                    s1 = TTerm.Add(s1, V.Load(pa + V.Count), V.Load(pb + V.Count));
                if (V.Count <= 4)
                {
                    s2 = TTerm.Add(s2, V.Load(pa + (2 * V.Count)), V.Load(pb + (2 * V.Count)));
                    s3 = TTerm.Add(s3, V.Load(pa + (3 * V.Count)), V.Load(pb + (3 * V.Count)));
                }
            }

            if (V.Count != 1 && i == length)
            {
                Result = V.Sum(V.Count == 16 ? s0 : V.Count == 8 ? s0 + s1 : (s0 + s2) + (s1 + s3));
                return;
            }

            if (V.Count != 1)
            {
                V.Store(s0, sums);
                if (V.Count <= 8)
                    V.Store(s1, sums + V.Count);
                if (V.Count <= 4)
                {
                    V.Store(s2, sums + (2 * V.Count));
                    V.Store(s3, sums + (3 * V.Count));
                }
            }

            for (int j = 0; j < length - i; j += V.Count)
            {
                int count = int.Min(V.Count, length - i - j);
                V.StorePartial(TTerm.Add(V.Load(sums + j), V.LoadPartial(pa + j, count), V.LoadPartial(pb + j, count)), sums + j, count);
            }

            Result = SumOf(sums);
        }
    }

    internal struct MaxKernel(real* x, int length) : ILaneKernel
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            V m0 = (V)real.NegativeInfinity, m1 = m0;
            int i = 0;
            for (; i <= length - (2 * V.Count); i += 2 * V.Count)
            {
                m0 = V.Max(m0, V.Load(x + i));
                m1 = V.Max(m1, V.Load(x + i + V.Count));
            }

            real result = V.Maximum(V.Max(m0, m1));
            for (; i < length; i++)
                result = real.Max(result, x[i]);
            Result = result;
        }
    }

    internal struct MaxMagnitudeKernel(real* x, int length) : ILaneKernel
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            V largest = default;
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                largest = V.Max(largest, V.Abs(V.Load(x + i)));
            if (i < length)
                largest = V.Max(largest, V.Abs(V.LoadPartial(x + i, length - i)));
            Result = V.Maximum(largest);
        }
    }

    internal readonly struct ColumnSumsKernel(real* x, int rows, int columns, real* y) : IRangeKernel, IChunkBody
    {
        /// <summary>Columns of one chunk: two cache lines of a row at a time keep the hardware prefetcher busy.</summary>
        public const int Strip = 128;

        public void Run(int chunk)
        {
            ColumnSumsKernel self = this;
            Ranges.Run(ref self, chunk * Strip, int.Min((chunk + 1) * Strip, columns));
        }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            int j = start;
            for (; j <= end - (4 * V.Count); j += 4 * V.Count)
            {
                V s0 = V.Load(y + j), s1 = V.Load(y + j + V.Count), s2 = V.Load(y + j + (2 * V.Count)), s3 = V.Load(y + j + (3 * V.Count));
                real* p = x + j;
                for (int i = 0; i < rows; i++, p += columns)
                {
                    s0 += V.Load(p);
                    s1 += V.Load(p + V.Count);
                    s2 += V.Load(p + (2 * V.Count));
                    s3 += V.Load(p + (3 * V.Count));
                }

                V.Store(s0, y + j);
                V.Store(s1, y + j + V.Count);
                V.Store(s2, y + j + (2 * V.Count));
                V.Store(s3, y + j + (3 * V.Count));
            }

            for (; j < end; j += V.Count)
            {
                int count = int.Min(V.Count, end - j);
                V s = V.LoadPartial(y + j, count);
                real* p = x + j;
                for (int i = 0; i < rows; i++, p += columns)
                    s += V.LoadPartial(p, count);
                V.StorePartial(s, y + j, count);
            }
        }
    }
}
