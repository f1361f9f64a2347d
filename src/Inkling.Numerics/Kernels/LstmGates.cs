using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The pointwise part of an LSTM step for one row of H units (Hochreiter, Schmidhuber 1997; Gers 2000, with forget gate), gates in
/// the order i, f, g, o: <c>c = f · c₀ + i · g</c>, <c>h = o · tanh c</c>, where i, f, o are logistic and g is tanh.
/// </summary>
internal static unsafe class LstmGates
{
    /// <summary>One step of one row.</summary>
    /// <param name="gates">[4H]: pre-activations in, activations out.</param>
    /// <param name="cPrevious">c₀, [H].</param>
    /// <param name="c">c, [H]; may be <paramref name="cPrevious"/>.</param>
    /// <param name="tanhC">tanh c, [H]; kept for the way back.</param>
    /// <param name="h">h, [H].</param>
    public static void Forward(Span<real> gates, ReadOnlySpan<real> cPrevious, Span<real> c, Span<real> tanhC, Span<real> h)
    {
        int units = h.Length;
        Check.Same(gates.Length, 4 * units, "LstmGates", "the gates");
        Check.Same(cPrevious.Length, units, "LstmGates", "the previous cells");
        Check.Same(c.Length, units, "LstmGates", "the cells");
        Check.Same(tanhC.Length, units, "LstmGates", "tanh of the cells");
        fixed (real* pg = gates, pp = cPrevious, pc = c, pt = tanhC, ph = h)
        {
            var kernel = new ForwardKernel(pg, pp, pc, pt, ph, units);
            Ranges.Run(ref kernel, 0, units);
        }
    }

    /// <summary>The way back through one step of one row.</summary>
    /// <param name="gates">Activations, [4H].</param>
    /// <param name="cPrevious">c₀, [H].</param>
    /// <param name="tanhC">tanh c, [H].</param>
    /// <param name="gradH">Gradient of h, [H].</param>
    /// <param name="gradC">Gradient of c from the next step in, of c₀ out, [H].</param>
    /// <param name="gradGates">Gradient of the pre-activations, [4H]; overwritten.</param>
    public static void Backward(
        ReadOnlySpan<real> gates, ReadOnlySpan<real> cPrevious, ReadOnlySpan<real> tanhC, ReadOnlySpan<real> gradH,
        Span<real> gradC, Span<real> gradGates)
    {
        int units = gradH.Length;
        Check.Same(gates.Length, 4 * units, "LstmGates", "the gates");
        Check.Same(cPrevious.Length, units, "LstmGates", "the previous cells");
        Check.Same(tanhC.Length, units, "LstmGates", "tanh of the cells");
        Check.Same(gradC.Length, units, "LstmGates", "the gradient of the cells");
        Check.Same(gradGates.Length, 4 * units, "LstmGates", "the gradient of the gates");
        fixed (real* pg = gates, pp = cPrevious, pt = tanhC, pgh = gradH, pgc = gradC, pgg = gradGates)
        {
            var kernel = new BackwardKernel(pg, pp, pt, pgh, pgc, pgg, units);
            Ranges.Run(ref kernel, 0, units);
        }
    }

    internal readonly struct ForwardKernel(real* gates, real* cPrevious, real* c, real* tanhC, real* h, int units) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* pi = gates, pf = gates + units, pg = gates + (2 * units), po = gates + (3 * units);
            real* pp = cPrevious, pc = c, pt = tanhC, ph = h;
            V one = (V)(real)1;
            for (int j = start; j < end; j += V.Count)
            {
                // Full registers take the masked path too: its cost vanishes beside five transcendentals, and the code is there once.
                int count = int.Min(V.Count, end - j);
                V i = one / (one + V.Exp(-V.LoadPartial(pi + j, count)));
                V f = one / (one + V.Exp(-V.LoadPartial(pf + j, count)));
                V g = V.Tanh(V.LoadPartial(pg + j, count));
                V o = one / (one + V.Exp(-V.LoadPartial(po + j, count)));
                V cell = V.MulAdd(f, V.LoadPartial(pp + j, count), i * g);
                V t = V.Tanh(cell);
                V.StorePartial(i, pi + j, count);
                V.StorePartial(f, pf + j, count);
                V.StorePartial(g, pg + j, count);
                V.StorePartial(o, po + j, count);
                V.StorePartial(cell, pc + j, count);
                V.StorePartial(t, pt + j, count);
                V.StorePartial(o * t, ph + j, count);
            }
        }
    }

    internal readonly struct BackwardKernel(
        real* gates, real* cPrevious, real* tanhC, real* gradH, real* gradC, real* gradGates, int units) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V one = (V)(real)1;
            for (int j = start; j < end; j += V.Count)
            {
                int count = int.Min(V.Count, end - j);
                real* activation = gates + j;
                V i = V.LoadPartial(activation, count);
                V f = V.LoadPartial(activation + units, count);
                V g = V.LoadPartial(activation + (2 * units), count);
                V o = V.LoadPartial(activation + (3 * units), count);
                V t = V.LoadPartial(tanhC + j, count);
                V dh = V.LoadPartial(gradH + j, count);
                V dc = V.MulAdd(dh * o, one - (t * t), V.LoadPartial(gradC + j, count));
                real* gradient = gradGates + j;
                V.StorePartial(dc * g * (i * (one - i)), gradient, count);
                V.StorePartial(dc * V.LoadPartial(cPrevious + j, count) * (f * (one - f)), gradient + units, count);
                V.StorePartial(dc * i * (one - (g * g)), gradient + (2 * units), count);
                V.StorePartial(dh * t * (o * (one - o)), gradient + (3 * units), count);
                V.StorePartial(dc * f, gradC + j, count);
            }
        }
    }
}
