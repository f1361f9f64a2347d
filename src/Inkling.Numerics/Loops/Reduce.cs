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

    /// <summary>
    /// <c>y[j] += Σᵢ x[i, j]</c> for x of [rows, columns], or <c>y[j] =</c> that without <paramref name="accumulate"/>. Columns are shared
    /// out among the team; rows are added in order.
    /// </summary>
    public static void ColumnSums(ReadOnlySpan<real> x, int rows, int columns, Span<real> y, Team team, bool accumulate = true)
    {
        Check.AtLeast(x.Length, (long)rows * columns, "ColumnSums", "x");
        Check.Same(y.Length, columns, "ColumnSums", "y");
        fixed (real* px = x, py = y)
        {
            var kernel = new ColumnSumsKernel(px, rows, columns, py, accumulate);
            if (team.Threads == 1 || (long)rows * columns < 2 * Ranges.ChunkLength)
                Ranges.Run(ref kernel, 0, columns);
            else
                team.For((columns + ColumnSumsKernel.Strip - 1) / ColumnSumsKernel.Strip, ref kernel);
        }
    }

    /// <summary>The sum of 16 accumulators by halving, as <see cref="ILane{V}.Sum"/> of the widest lane does it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static real SumOf<V>(real* accumulators)
        where V : struct, ILane<V>
    {
        if (V.Count == 16)
            return V.Sum(V.Load(accumulators));
        if (V.Count == 8)
            return V.Sum(V.Load(accumulators) + V.Load(accumulators + 8));
        if (V.Count == 4)
            return V.Sum((V.Load(accumulators) + V.Load(accumulators + 8)) + (V.Load(accumulators + 4) + V.Load(accumulators + 12)));
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
        /// The 16 accumulators are one, two or four registers (the conditions are constants of the compiled method). What is missing
        /// at the end counts as zeros, which add nothing.
        /// </summary>
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            if (V.Count == 1)
            {
                OneAtATime<V>();
                return;
            }

            real* pa = a, pb = b;
            V s0 = default, s1 = default, s2 = default, s3 = default;
            int rest = length;
            for (; rest >= Lanes.Accumulators; rest -= Lanes.Accumulators, pa += Lanes.Accumulators, pb += Lanes.Accumulators)
            {
                s0 = TTerm.Add(s0, V.Load(pa), V.Load(pb));
                if (V.Count <= 8)
                    s1 = TTerm.Add(s1, V.Load(pa + V.Count), V.Load(pb + V.Count));
                if (V.Count <= 4)
                {
                    s2 = TTerm.Add(s2, V.Load(pa + (2 * V.Count)), V.Load(pb + (2 * V.Count)));
                    s3 = TTerm.Add(s3, V.Load(pa + (3 * V.Count)), V.Load(pb + (3 * V.Count)));
                }
            }

            if (rest > 0)
                s0 = AddRest(s0, pa, pb, rest);
            if (V.Count <= 8 && rest > V.Count)
                s1 = AddRest(s1, pa + V.Count, pb + V.Count, rest - V.Count);
            if (V.Count <= 4 && rest > 2 * V.Count)
                s2 = AddRest(s2, pa + (2 * V.Count), pb + (2 * V.Count), rest - (2 * V.Count));
            if (V.Count <= 4 && rest > 3 * V.Count)
                s3 = AddRest(s3, pa + (3 * V.Count), pb + (3 * V.Count), rest - (3 * V.Count));
            // Adding zero gives a zero one sign, whether or not zeros filled up the last register.
            Result = V.Sum(V.Count == 16 ? s0 : V.Count == 8 ? s0 + s1 : (s0 + s2) + (s1 + s3)) + 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V AddRest<V>(V sum, real* a, real* b, int rest)
            where V : struct, ILane<V>
        {
            int count = int.Min(rest, V.Count);
            return TTerm.Add(sum, V.LoadPartial(a, count), V.LoadPartial(b, count));
        }

        /// <summary>The accumulators lie in memory.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private void OneAtATime<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            new Span<real>(sums, Lanes.Accumulators).Clear();
            for (int i = 0; i < length; i++)
            {
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.Store(TTerm.Add(V.Load(sum), V.Load(a + i), V.Load(b + i)), sum);
            }

            Result = SumOf<V>(sums) + 0;
        }
    }

    internal struct MaxKernel(real* x, int length) : ILaneKernel
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            if (length < V.Count)
            {
                real result = real.NegativeInfinity;
                for (int j = 0; j < length; j++)
                    result = real.Max(result, x[j]);
                Result = result;
                return;
            }

            V m0 = V.Load(x), m1 = m0;
            int i = 0;
            for (; i <= length - (2 * V.Count); i += 2 * V.Count)
            {
                m0 = V.Max(m0, V.Load(x + i));
                m1 = V.Max(m1, V.Load(x + i + V.Count));
            }

            // The last registers overlap what has been seen: that changes no maximum.
            m0 = V.Max(m0, V.Load(x + int.Min(i, length - V.Count)));
            m1 = V.Max(m1, V.Load(x + length - V.Count));
            Result = V.Maximum(V.Max(m0, m1));
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

    internal readonly struct ColumnSumsKernel(real* x, int rows, int columns, real* y, bool accumulate) : IRangeKernel, IChunkBody
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
                V s0 = default, s1 = default, s2 = default, s3 = default;
                if (accumulate)
                {
                    s0 = V.Load(y + j);
                    s1 = V.Load(y + j + V.Count);
                    s2 = V.Load(y + j + (2 * V.Count));
                    s3 = V.Load(y + j + (3 * V.Count));
                }

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
                V s = accumulate ? V.LoadPartial(y + j, count) : default;
                real* p = x + j;
                for (int i = 0; i < rows; i++, p += columns)
                    s += V.LoadPartial(p, count);
                V.StorePartial(s, y + j, count);
            }
        }
    }
}
