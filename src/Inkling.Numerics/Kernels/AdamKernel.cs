using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// One step of AdamW (Loshchilov, Hutter 2019, Alg. 2) in a single pass: 28 bytes move for each parameter, which is what bounds it.
/// </summary>
internal static unsafe class AdamKernel
{
    /// <summary>
    /// <c>g ← gradScale · g</c> (for this step only), <c>m ← β₁ m + (1 − β₁) g</c>, <c>v ← β₂ v + (1 − β₂) g²</c>,
    /// <c>w ← w − lr · weightDecay · w − lr · (m / correction1) / (√(v / correction2) + ε)</c>.
    /// </summary>
    /// <param name="w">Parameters, [n].</param>
    /// <param name="g">Gradients, [n]; left as they are.</param>
    /// <param name="m">First moments, [n].</param>
    /// <param name="v">Second moments, [n].</param>
    /// <param name="lr">Learning rate.</param>
    /// <param name="beta1">β₁, below 1.</param>
    /// <param name="beta2">β₂, below 1.</param>
    /// <param name="eps">ε, above 0.</param>
    /// <param name="weightDecay">Decoupled weight decay; 0 for none.</param>
    /// <param name="correction1">1 − β₁ᵗ at step t = 1, 2, …</param>
    /// <param name="correction2">1 − β₂ᵗ.</param>
    /// <param name="gradScale">Factor on the gradients: of clipping, or 1.</param>
    /// <param name="team">Who works.</param>
    public static void Step(
        Span<real> w, ReadOnlySpan<real> g, Span<real> m, Span<real> v, real lr, real beta1, real beta2, real eps, real weightDecay,
        real correction1, real correction2, real gradScale, Team team)
    {
        Check.Same(g.Length, w.Length, "Adam", "the gradients");
        Check.Same(m.Length, w.Length, "Adam", "the first moments");
        Check.Same(v.Length, w.Length, "Adam", "the second moments");
        fixed (real* pw = w, pg = g, pm = m, pv = v)
        {
            var kernel = new StepKernel(pw, pg, pm, pv)
            {
                Beta1 = beta1,
                Beta2 = beta2,
                Epsilon = eps,
                Keep = 1 - (lr * weightDecay),
                MinusRate = -lr / correction1,
                InverseRootCorrection = 1 / real.Sqrt(correction2),
                GradScale = gradScale,
            };
            Ranges.Run(ref kernel, w.Length, team);
        }
    }

    internal struct StepKernel(real* w, real* g, real* m, real* v) : IRangeKernel
    {
        public real Beta1;
        public real Beta2;
        public real Epsilon;

        /// <summary>What decay leaves of a parameter.</summary>
        public real Keep;
        public real MinusRate;
        public real InverseRootCorrection;
        public real GradScale;

        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            real* pw = w, pg = g, pm = m, pv = v;
            V beta1 = (V)Beta1, beta2 = (V)Beta2, epsilon = (V)Epsilon, keep = (V)Keep;
            V rest1 = (V)(1 - Beta1), rest2 = (V)(1 - Beta2);
            V minusRate = (V)MinusRate, rootFactor = (V)InverseRootCorrection, gradScale = (V)GradScale;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V gradient = V.LoadPartial(pg + i, count) * gradScale;
                V first = V.MulAdd(beta1, V.LoadPartial(pm + i, count), rest1 * gradient);
                V second = V.MulAdd(beta2, V.LoadPartial(pv + i, count), rest2 * gradient * gradient);
                V.StorePartial(first, pm + i, count);
                V.StorePartial(second, pv + i, count);
                V step = minusRate * first / V.MulAdd(V.Sqrt(second), rootFactor, epsilon);
                V.StorePartial(V.MulAdd(keep, V.LoadPartial(pw + i, count), step), pw + i, count);
            }
        }
    }
}
