using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The pointwise part of a GRU step for one row of H units (Cho et al. 2014), reset after the product, gates in the order r, z, n:
/// <c>n = tanh(x_n + r u)</c>, <c>h = (1 − z) n + z h₀</c>, where r and z are logistic and u is the recurrent part of the candidate.
/// </summary>
internal static unsafe class GruGates
{
    /// <summary>One step of one row.</summary>
    /// <param name="gates">[3H]: pre-activations in (of n without the recurrent part), activations out.</param>
    /// <param name="candidate">u, [H].</param>
    /// <param name="hPrevious">h₀, [H].</param>
    /// <param name="h">h, [H].</param>
    public static void Forward(Span<real> gates, ReadOnlySpan<real> candidate, ReadOnlySpan<real> hPrevious, Span<real> h)
    {
        int units = h.Length;
        Check.Same(gates.Length, 3 * units, "GruGates", "the gates");
        Check.Same(candidate.Length, units, "GruGates", "the candidate");
        Check.Same(hPrevious.Length, units, "GruGates", "the previous state");
        fixed (real* pg = gates, pu = candidate, pp = hPrevious, ph = h)
        {
            var kernel = new ForwardKernel(pg, pu, pp, ph, units);
            Ranges.Run(ref kernel, 0, units);
        }
    }

    /// <summary>The way back through one step of one row.</summary>
    /// <param name="gates">Activations, [3H].</param>
    /// <param name="candidate">u, [H].</param>
    /// <param name="hPrevious">h₀, [H].</param>
    /// <param name="gradH">Gradient of h in, of h₀ by the way of <c>z h₀</c> out, [H].</param>
    /// <param name="gradInput">Gradient of the pre-activations, [3H]; overwritten.</param>
    /// <param name="gradRecurrent">Gradient of the recurrent parts of r and z, which is the same, and of u, [3H]; overwritten.</param>
    public static void Backward(
        ReadOnlySpan<real> gates, ReadOnlySpan<real> candidate, ReadOnlySpan<real> hPrevious, Span<real> gradH, Span<real> gradInput, Span<real> gradRecurrent)
    {
        int units = gradH.Length;
        Check.Same(gates.Length, 3 * units, "GruGates", "the gates");
        Check.Same(candidate.Length, units, "GruGates", "the candidate");
        Check.Same(hPrevious.Length, units, "GruGates", "the previous state");
        Check.Same(gradInput.Length, 3 * units, "GruGates", "the gradient of the gates");
        Check.Same(gradRecurrent.Length, 3 * units, "GruGates", "the gradient of the recurrent part");
        fixed (real* pg = gates, pu = candidate, pp = hPrevious, ph = gradH, pi = gradInput, pr = gradRecurrent)
        {
            var kernel = new BackwardKernel(pg, pu, pp, ph, pi, pr, units);
            Ranges.Run(ref kernel, 0, units);
        }
    }

    internal readonly struct ForwardKernel(real* gates, real* candidate, real* hPrevious, real* h, int units) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* pr = gates, pz = gates + units, pn = gates + (2 * units);
            V one = (V)(real)1;
            for (int j = start; j < end; j += V.Count)
            {
                int count = int.Min(V.Count, end - j);
                V r = one / (one + V.Exp(-V.LoadPartial(pr + j, count)));
                V z = one / (one + V.Exp(-V.LoadPartial(pz + j, count)));
                V n = V.Tanh(V.MulAdd(r, V.LoadPartial(candidate + j, count), V.LoadPartial(pn + j, count)));
                V.StorePartial(r, pr + j, count);
                V.StorePartial(z, pz + j, count);
                V.StorePartial(n, pn + j, count);
                V.StorePartial(V.MulAdd(z, V.LoadPartial(hPrevious + j, count) - n, n), h + j, count);
            }
        }
    }

    internal readonly struct BackwardKernel(real* gates, real* candidate, real* hPrevious, real* gradH, real* gradInput, real* gradRecurrent, int units) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V one = (V)(real)1;
            for (int j = start; j < end; j += V.Count)
            {
                int count = int.Min(V.Count, end - j);
                real* activation = gates + j, input = gradInput + j, recurrent = gradRecurrent + j;
                V r = V.LoadPartial(activation, count), z = V.LoadPartial(activation + units, count), n = V.LoadPartial(activation + (2 * units), count);
                V dh = V.LoadPartial(gradH + j, count);
                V gradN = dh * (one - z) * (one - (n * n));
                V gradZ = dh * (V.LoadPartial(hPrevious + j, count) - n) * (z * (one - z));
                V gradR = gradN * V.LoadPartial(candidate + j, count) * (r * (one - r));
                V.StorePartial(gradR, input, count);
                V.StorePartial(gradZ, input + units, count);
                V.StorePartial(gradN, input + (2 * units), count);
                V.StorePartial(gradR, recurrent, count);
                V.StorePartial(gradZ, recurrent + units, count);
                V.StorePartial(gradN * r, recurrent + (2 * units), count);
                V.StorePartial(dh * z, gradH + j, count);
            }
        }
    }
}
