using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The pointwise part of an LSTM step for one row of H units, with peepholes (Gers et al. 2002, §3), with the forget gate coupled to the
/// input gate, <c>f = 1 − i</c> (Greff et al. 2017, §V), or both. Gates in the order i, f, g, o, or i, g, o where coupled; peepholes i, f, o, or i, o.
/// </summary>
internal static unsafe class LstmVariantGates
{
    /// <summary>One step of one row, as <see cref="LstmGates.Forward"/>.</summary>
    /// <param name="coupled">Whether f is 1 − i: the gates are then [3H].</param>
    /// <param name="gates">[4H] or [3H]: pre-activations in, activations out.</param>
    /// <param name="peephole">[3H], or [2H] where coupled; empty for none.</param>
    /// <param name="cPrevious">c₀, [H].</param>
    /// <param name="c">c, [H].</param>
    /// <param name="tanhC">tanh c, [H].</param>
    /// <param name="h">h, [H].</param>
    public static void Forward(bool coupled, Span<real> gates, ReadOnlySpan<real> peephole, ReadOnlySpan<real> cPrevious, Span<real> c, Span<real> tanhC, Span<real> h)
    {
        int units = h.Length;
        CheckLengths(coupled, units, gates.Length, peephole.Length);
        Check.Same(cPrevious.Length, units, "LstmGates", "the previous cells");
        Check.Same(c.Length, units, "LstmGates", "the cells");
        Check.Same(tanhC.Length, units, "LstmGates", "tanh of the cells");
        fixed (real* pg = gates, pw = peephole, pp = cPrevious, pc = c, pt = tanhC, ph = h)
        {
            var kernel = new ForwardKernel(coupled, pg, pw, pp, pc, pt, ph, units);
            Ranges.Run(ref kernel, 0, units);
        }
    }

    /// <summary>The way back through one step of one row, as <see cref="LstmGates.Backward"/>.</summary>
    public static void Backward(
        bool coupled, ReadOnlySpan<real> gates, ReadOnlySpan<real> peephole, ReadOnlySpan<real> cPrevious, ReadOnlySpan<real> tanhC, ReadOnlySpan<real> gradH,
        Span<real> gradC, Span<real> gradGates)
    {
        int units = gradH.Length;
        CheckLengths(coupled, units, gates.Length, peephole.Length);
        Check.Same(gradGates.Length, gates.Length, "LstmGates", "the gradient of the gates");
        Check.Same(cPrevious.Length, units, "LstmGates", "the previous cells");
        Check.Same(tanhC.Length, units, "LstmGates", "tanh of the cells");
        Check.Same(gradC.Length, units, "LstmGates", "the gradient of the cells");
        fixed (real* pg = gates, pw = peephole, pp = cPrevious, pt = tanhC, pgh = gradH, pgc = gradC, pgg = gradGates)
        {
            var kernel = new BackwardKernel(coupled, pg, pw, pp, pt, pgh, pgc, pgg, units);
            Ranges.Run(ref kernel, 0, units);
        }
    }

    private static void CheckLengths(bool coupled, int units, int gates, int peephole)
    {
        Check.Same(gates, (coupled ? 3 : 4) * units, "LstmGates", "the gates");
        if (peephole != 0)
            Check.Same(peephole, (coupled ? 2 : 3) * units, "LstmGates", "the peepholes");
    }

    internal readonly struct ForwardKernel(bool coupled, real* gates, real* peephole, real* cPrevious, real* c, real* tanhC, real* h, int units) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            // Where gates are coupled, the place of f is that of i and nothing is stored there.
            real* pi = gates, pf = coupled ? gates : gates + units, pg = pf + units, po = pg + units;
            real* wi = peephole, wf = coupled ? wi : wi + units, wo = wf + units;
            bool peeps = peephole is not null;
            V one = (V)(real)1;
            for (int j = start; j < end; j += V.Count)
            {
                int count = int.Min(V.Count, end - j);
                V before = V.LoadPartial(cPrevious + j, count), xi = V.LoadPartial(pi + j, count);
                V i = Logistic(peeps ? V.MulAdd(V.LoadPartial(wi + j, count), before, xi) : xi);
                V f = one - i;
                if (!coupled)
                {
                    V xf = V.LoadPartial(pf + j, count);
                    f = Logistic(peeps ? V.MulAdd(V.LoadPartial(wf + j, count), before, xf) : xf);
                    V.StorePartial(f, pf + j, count);
                }

                V g = V.Tanh(V.LoadPartial(pg + j, count));
                V cell = V.MulAdd(f, before, i * g);
                V t = V.Tanh(cell), xo = V.LoadPartial(po + j, count);
                V o = Logistic(peeps ? V.MulAdd(V.LoadPartial(wo + j, count), cell, xo) : xo);
                V.StorePartial(i, pi + j, count);
                V.StorePartial(g, pg + j, count);
                V.StorePartial(o, po + j, count);
                V.StorePartial(cell, c + j, count);
                V.StorePartial(t, tanhC + j, count);
                V.StorePartial(o * t, h + j, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Logistic<V>(V x)
            where V : struct, ILane<V> => (V)(real)1 / ((V)(real)1 + V.Exp(-x));
    }

    internal readonly struct BackwardKernel(
        bool coupled, real* gates, real* peephole, real* cPrevious, real* tanhC, real* gradH, real* gradC, real* gradGates, int units) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            int atF = coupled ? 0 : units, atG = atF + units, atO = atG + units;
            real* wi = peephole, wf = wi + atF, wo = wf + units;
            bool peeps = peephole is not null;
            V one = (V)(real)1;
            for (int j = start; j < end; j += V.Count)
            {
                int count = int.Min(V.Count, end - j);
                real* activation = gates + j, gradient = gradGates + j;
                V i = V.LoadPartial(activation, count), g = V.LoadPartial(activation + atG, count), o = V.LoadPartial(activation + atO, count);
                V before = V.LoadPartial(cPrevious + j, count), t = V.LoadPartial(tanhC + j, count), dh = V.LoadPartial(gradH + j, count);
                V gradO = dh * t * (o * (one - o));
                V dc = V.MulAdd(dh * o, one - (t * t), V.LoadPartial(gradC + j, count));
                if (peeps)
                    dc = V.MulAdd(V.LoadPartial(wo + j, count), gradO, dc);
                V f = one - i, fromI = coupled ? g - before : g;
                V gradI = dc * fromI * (i * (one - i));
                if (!coupled)
                    f = V.LoadPartial(activation + atF, count);
                V back = dc * f;
                if (peeps)
                    back = V.MulAdd(V.LoadPartial(wi + j, count), gradI, back);
                if (!coupled)
                {
                    V gradF = dc * before * (f * (one - f));
                    V.StorePartial(gradF, gradient + atF, count);
                    if (peeps)
                        back = V.MulAdd(V.LoadPartial(wf + j, count), gradF, back);
                }

                V.StorePartial(gradI, gradient, count);
                V.StorePartial(dc * i * (one - (g * g)), gradient + atG, count);
                V.StorePartial(gradO, gradient + atO, count);
                V.StorePartial(back, gradC + j, count);
            }
        }
    }
}
