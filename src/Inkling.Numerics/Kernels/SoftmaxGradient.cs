using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>The way back through a softmax of one row: <c>dx = p (dp − Σ p dp)</c>.</summary>
internal static unsafe class SoftmaxGradient
{
    /// <summary>Replaces the gradient of the probabilities by that of what the softmax was taken of.</summary>
    /// <param name="probabilities">p, [n].</param>
    /// <param name="gradient">dp in, dx out, [n].</param>
    public static void InPlace(ReadOnlySpan<real> probabilities, Span<real> gradient)
    {
        Check.Same(gradient.Length, probabilities.Length, "SoftmaxGradient", "the gradient");
        real mean = Reduce.Dot(probabilities, gradient);
        fixed (real* p = probabilities, g = gradient)
        {
            var kernel = new Kernel(p, g, mean);
            Ranges.Run(ref kernel, 0, gradient.Length);
        }
    }

    internal readonly struct Kernel(real* probabilities, real* gradient, real mean) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V center = (V)mean;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V.StorePartial(V.LoadPartial(probabilities + i, count) * (V.LoadPartial(gradient + i, count) - center), gradient + i, count);
            }
        }
    }
}
