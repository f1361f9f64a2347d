using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Sums a loss over pairs of elements, and its slopes on the way back, without an array of losses in between.</summary>
internal static unsafe class PairLosses
{
    /// <summary>Elements summed in <c>real</c> before they are added to the total in double.</summary>
    private const int Block = 4096;

    /// <summary><c>Σ l(x, t, w)</c>, in 16 accumulators whatever the lane width.</summary>
    /// <param name="formula">The loss.</param>
    /// <param name="x">Predictions, [n].</param>
    /// <param name="t">Targets, [n].</param>
    /// <param name="w">Weights, [n], or one for all, or none for 1.</param>
    public static double Sum<TLoss>(TLoss formula, ReadOnlySpan<real> x, ReadOnlySpan<real> t, ReadOnlySpan<real> w)
        where TLoss : struct, IPairLoss
    {
        CheckOperands(x.Length, t.Length, w.Length);
        double total = 0;
        fixed (real* px = x, pt = t, pw = w)
        {
            for (int start = 0; start < x.Length; start += Block)
            {
                var kernel = new SumKernel<TLoss>(formula, px + start, pt + start, w.Length > 1 ? pw + start : null, Constant(w), int.Min(Block, x.Length - start));
                Lanes.Run(ref kernel);
                total += kernel.Result;
            }
        }

        return total;
    }

    /// <summary><c>g += scale · ∂l/∂x</c>, or <c>g =</c> that without <paramref name="accumulate"/>.</summary>
    public static void Slopes<TLoss>(TLoss formula, ReadOnlySpan<real> x, ReadOnlySpan<real> t, ReadOnlySpan<real> w, real scale, Span<real> g, bool accumulate, Team team)
        where TLoss : struct, IPairLoss => Slopes(formula, x, t, w, scale, g, accumulate, team, ofTarget: false);

    /// <summary><c>g += scale · ∂l/∂t</c>, or <c>g =</c> that without <paramref name="accumulate"/>.</summary>
    public static void TargetSlopes<TLoss>(TLoss formula, ReadOnlySpan<real> x, ReadOnlySpan<real> t, ReadOnlySpan<real> w, real scale, Span<real> g, bool accumulate, Team team)
        where TLoss : struct, IPairLoss => Slopes(formula, x, t, w, scale, g, accumulate, team, ofTarget: true);

    private static void Slopes<TLoss>(
        TLoss formula, ReadOnlySpan<real> x, ReadOnlySpan<real> t, ReadOnlySpan<real> w, real scale, Span<real> g, bool accumulate, Team team, bool ofTarget)
        where TLoss : struct, IPairLoss
    {
        CheckOperands(x.Length, t.Length, w.Length);
        Check.Same(g.Length, x.Length, "PairLosses", "the gradient");
        fixed (real* px = x, pt = t, pw = w, pg = g)
        {
            var kernel = new SlopeKernel<TLoss>(formula, px, pt, w.Length > 1 ? pw : null, Constant(w), scale, pg, accumulate, ofTarget);
            Ranges.Run(ref kernel, x.Length, team);
        }
    }

    private static real Constant(ReadOnlySpan<real> w) => w.Length == 1 ? w[0] : 1;

    private static void CheckOperands(int x, int t, int w)
    {
        Check.Same(t, x, "PairLosses", "the target");
        if (w > 1)
            Check.Same(w, x, "PairLosses", "the weight");
    }

    internal struct SumKernel<TLoss>(TLoss formula, real* x, real* t, real* w, real constant, int length) : ILaneKernel
        where TLoss : struct, IPairLoss
    {
        public real Result { get; private set; }

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            new Span<real>(sums, Lanes.Accumulators).Clear();
            TLoss loss = formula;
            real* px = x, pt = t, pw = w;
            V one = (V)constant;
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
            {
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.Store(V.Load(sum) + loss.Loss(V.Load(px + i), V.Load(pt + i), pw is null ? one : V.Load(pw + i)), sum);
            }

            if (i < length)
            {
                int rest = length - i;
                real* sum = sums + (i & (Lanes.Accumulators - 1));
                V.StorePartial(V.Load(sum) + loss.Loss(V.LoadPartial(px + i, rest), V.LoadPartial(pt + i, rest), pw is null ? one : V.LoadPartial(pw + i, rest)), sum, rest);
            }

            Result = Reduce.SumOf<V>(sums) + 0;
        }
    }

    internal readonly struct SlopeKernel<TLoss>(TLoss formula, real* x, real* t, real* w, real constant, real scale, real* g, bool accumulate, bool ofTarget) : IRangeKernel
        where TLoss : struct, IPairLoss
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            TLoss loss = formula;
            real* px = x, pt = t, pw = w, to = g;
            V one = (V)constant, factor = (V)scale;
            bool add = accumulate;
            int i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V before = add ? V.Load(to + i) : default, weight = pw is null ? one : V.Load(pw + i);
                V.Store(V.MulAdd(At(loss, V.Load(px + i), V.Load(pt + i), weight), factor, before), to + i);
            }

            if (i < end)
            {
                int rest = end - i;
                V before = add ? V.LoadPartial(to + i, rest) : default, weight = pw is null ? one : V.LoadPartial(pw + i, rest);
                V.StorePartial(V.MulAdd(At(loss, V.LoadPartial(px + i, rest), V.LoadPartial(pt + i, rest), weight), factor, before), to + i, rest);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private V At<V>(TLoss loss, V x, V t, V w)
            where V : struct, ILane<V> => TLoss.HasTargetSlope && ofTarget ? loss.TargetSlope(x, t, w) : loss.Slope(x, t, w);
    }
}
