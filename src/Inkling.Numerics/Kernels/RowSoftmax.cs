using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Softmax of one row, <c>pᵢ = e^(xᵢ − m) / Σ e^(xⱼ − m)</c> with m the largest element, and what belongs to it. Three passes over a
/// row that stays in the cache; the exponentials are stored on the way, so each is computed once. Sums run in 16 accumulators.
/// An element of −∞ has probability 0 exactly.
/// </summary>
internal static unsafe class RowSoftmax
{
    /// <summary>Replaces a row by its softmax.</summary>
    public static void Softmax(Span<real> row)
    {
        fixed (real* x = row)
        {
            real total = Exponentials(x, row.Length, Reduce.Max(row));
            Elementwise.Scale(row, 1 / total);
        }
    }

    /// <summary>Replaces a row by the logarithms of its softmax.</summary>
    public static void LogSoftmax(Span<real> row)
    {
        real shift = LogSumExp(row);
        fixed (real* x = row)
        {
            var kernel = new ShiftKernel(x, shift);
            Ranges.Run(ref kernel, 0, row.Length);
        }
    }

    /// <summary><c>ln Σ e^xᵢ</c>; −∞ of an empty row.</summary>
    public static real LogSumExp(ReadOnlySpan<real> row)
    {
        real largest = Reduce.Max(row);
        if (real.IsInfinity(largest))
            return largest;
        fixed (real* x = row)
        {
            var kernel = new ExponentialsKernel(x, null, row.Length, largest);
            Lanes.Run(ref kernel);
            return largest + real.Log(kernel.Total);
        }
    }

    /// <summary>
    /// Replaces a row of logits by the gradient of its cross-entropy, <c>(softmax − onehot(target)) · scale</c>, and returns the
    /// cross-entropy itself, <c>−ln p[target]</c> in nats, not scaled.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="target"/> is not a position in the row.</exception>
    public static real CrossEntropyInPlace(Span<real> logits, int target, real scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, logits.Length);
        real largest = Reduce.Max(logits);
        real wanted = logits[target];
        fixed (real* x = logits)
        {
            real total = Exponentials(x, logits.Length, largest);
            Elementwise.Scale(logits, scale / total);
            logits[target] -= scale;
            return largest - wanted + real.Log(total);
        }
    }

    /// <summary>Replaces x by <c>e^(x − shift)</c> and returns the sum.</summary>
    private static real Exponentials(real* x, int length, real shift)
    {
        var kernel = new ExponentialsKernel(x, x, length, shift);
        Lanes.Run(ref kernel);
        return kernel.Total;
    }

    /// <summary><c>y = e^(x − shift)</c> (where y is wanted) and its sum.</summary>
    internal struct ExponentialsKernel(real* x, real* y, int length, real shift) : ILaneKernel
    {
        public real Total { get; private set; }

        /// <summary>The 16 accumulators lie in memory: a store forwarded once in 16 elements hides behind the exponential.</summary>
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            new Span<real>(sums, Lanes.Accumulators).Clear();
            real* from = x, to = y;
            V minus = (V)(-shift);
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                V e = V.Exp(V.Load(from + i) + minus);
                if (to is not null)
                    V.Store(e, to + i);
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.Store(V.Load(sum) + e, sum);
            }

            if (i < length)
            {
                int rest = length - i;
                V e = V.Exp(V.LoadPartial(from + i, rest) + minus);
                if (to is not null)
                    V.StorePartial(e, to + i, rest);
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.StorePartial(V.Load(sum) + e, sum, rest);
            }

            Total = Reduce.SumOf<V>(sums);
        }
    }

    internal readonly struct ShiftKernel(real* x, real shift) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V minus = (V)shift;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
                V.Store(V.Load(x + i) - minus, x + i);
            if (i < end)
                V.StorePartial(V.LoadPartial(x + i, end - i) - minus, x + i, end - i);
        }
    }
}
