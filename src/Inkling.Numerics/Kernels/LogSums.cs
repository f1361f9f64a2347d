using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Sums of probabilities that are kept as logarithms, as in the recursions over the paths of a lattice. −∞ stands for 0.</summary>
internal static unsafe class LogSums
{
    /// <summary><c>y[i] = ln(e^x[i] + e^x[i + step] + e^(x[i + 2 step] + mask[i])) + add[i]</c>.</summary>
    /// <param name="x">Logarithms; there must be two more elements, −∞, before (step −1) or behind (step 1) the n that count.</param>
    /// <param name="first">Where in <paramref name="x"/> the first that counts is.</param>
    /// <param name="step">−1 or 1.</param>
    /// <param name="mask">0 or −∞, [n].</param>
    /// <param name="add">Added to each, [n].</param>
    /// <param name="y">The results, [n].</param>
    public static void OfThree(ReadOnlySpan<real> x, int first, int step, ReadOnlySpan<real> mask, ReadOnlySpan<real> add, Span<real> y)
    {
        Check.AtLeast(x.Length, first + y.Length + (step > 0 ? 2 : 0), "LogSums", "x");
        Check.AtLeast(first, step < 0 ? 2 : 0, "LogSums", "what is before x");
        Check.Same(mask.Length, y.Length, "LogSums", "the mask");
        Check.Same(add.Length, y.Length, "LogSums", "the summand");
        fixed (real* px = x, pm = mask, pa = add, py = y)
        {
            var kernel = new OfThreeKernel(px + first, step, pm, pa, py);
            Ranges.Run(ref kernel, 0, y.Length);
        }
    }

    /// <summary><c>y = e^(a + b + shift)</c>.</summary>
    public static void ExpOfSum(ReadOnlySpan<real> a, ReadOnlySpan<real> b, real shift, Span<real> y)
    {
        Check.Same(a.Length, y.Length, "ExpOfSum", "the left operand");
        Check.Same(b.Length, y.Length, "ExpOfSum", "the right operand");
        fixed (real* pa = a, pb = b, py = y)
        {
            var kernel = new ExpOfSumKernel(pa, pb, shift, py);
            Ranges.Run(ref kernel, 0, y.Length);
        }
    }

    internal readonly struct OfThreeKernel(real* x, int step, real* mask, real* add, real* y) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* near = x + step, far = x + (2 * step);
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V a = V.LoadPartial(x + i, count), b = V.LoadPartial(near + i, count), c = V.LoadPartial(far + i, count) + V.LoadPartial(mask + i, count);
                V most = V.Max(a, V.Max(b, c));
                // Where all are −∞, their difference would be NaN.
                V shift = V.Select(V.EqualTo(most, (V)real.NegativeInfinity), (V)(real)0, most);
                V sum = V.Exp(a - shift) + V.Exp(b - shift) + V.Exp(c - shift);
                V.StorePartial(V.Log(sum) + shift + V.LoadPartial(add + i, count), y + i, count);
            }
        }
    }

    internal readonly struct ExpOfSumKernel(real* a, real* b, real shift, real* y) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V plus = (V)shift;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V.StorePartial(V.Exp(V.LoadPartial(a + i, count) + V.LoadPartial(b + i, count) + plus), y + i, count);
            }
        }
    }
}
