using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Turns the pairs of one head by angles given as cosines and sines (Su et al. 2021, §3.2).</summary>
internal static unsafe class RotaryKernel
{
    /// <summary><c>y = R x</c>, or <c>y = Rᵀ x</c> on the way back, or adds it.</summary>
    /// <param name="interleaved">Whether neighbours are a pair; otherwise an element and that half a head further.</param>
    /// <param name="cosines">[d / 2].</param>
    /// <param name="sines">[d / 2].</param>
    /// <param name="x">[d].</param>
    /// <param name="y">[d]; not x.</param>
    /// <param name="back">Whether to turn the other way.</param>
    /// <param name="accumulate">Whether the result is added to y.</param>
    public static void Turn(bool interleaved, ReadOnlySpan<real> cosines, ReadOnlySpan<real> sines, ReadOnlySpan<real> x, Span<real> y, bool back, bool accumulate)
    {
        int half = cosines.Length;
        Check.Same(sines.Length, half, "Rotary", "the sines");
        Check.Same(x.Length, 2 * half, "Rotary", "x");
        Check.Same(y.Length, 2 * half, "Rotary", "y");
        real sign = back ? -1 : 1;
        if (interleaved)
        {
            for (int i = 0; i < half; i++)
            {
                real a = x[2 * i], b = x[(2 * i) + 1], c = cosines[i], s = sign * sines[i];
                real first = (a * c) - (b * s), second = (b * c) + (a * s);
                y[2 * i] = accumulate ? y[2 * i] + first : first;
                y[(2 * i) + 1] = accumulate ? y[(2 * i) + 1] + second : second;
            }

            return;
        }

        fixed (real* pc = cosines, ps = sines, px = x, py = y)
        {
            var kernel = new HalvesKernel(pc, ps, px, py, half, sign, accumulate);
            Ranges.Run(ref kernel, 0, half);
        }
    }

    internal readonly struct HalvesKernel(real* cosines, real* sines, real* x, real* y, int half, real sign, bool accumulate) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V direction = (V)sign;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V a = V.LoadPartial(x + i, count), b = V.LoadPartial(x + half + i, count);
                V c = V.LoadPartial(cosines + i, count), s = direction * V.LoadPartial(sines + i, count);
                V first = (a * c) - (b * s), second = (b * c) + (a * s);
                if (accumulate)
                {
                    first += V.LoadPartial(y + i, count);
                    second += V.LoadPartial(y + half + i, count);
                }

                V.StorePartial(first, y + i, count);
                V.StorePartial(second, y + half + i, count);
            }
        }
    }
}
