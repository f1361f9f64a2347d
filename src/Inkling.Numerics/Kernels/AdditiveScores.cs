using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Scores of additive attention for one query, <c>s_j = vᵀ tanh(q + k_j)</c> (Bahdanau et al. 2015, A.1.2). Sums run in 16 accumulators.</summary>
internal static unsafe class AdditiveScores
{
    /// <summary>The scores of all keys.</summary>
    /// <param name="query">q, [A].</param>
    /// <param name="keys">k, rows of A elements.</param>
    /// <param name="stride">Elements from one key to the next.</param>
    /// <param name="vector">v, [A].</param>
    /// <param name="scores">s, one for each key.</param>
    public static void Forward(ReadOnlySpan<real> query, ReadOnlySpan<real> keys, int stride, ReadOnlySpan<real> vector, Span<real> scores)
    {
        int width = query.Length;
        CheckSizes(width, keys.Length, stride, vector.Length, scores.Length);
        fixed (real* pq = query, pk = keys, pv = vector, ps = scores)
        {
            var kernel = new ForwardKernel(pq, pk, stride, pv, ps, scores.Length, width);
            Lanes.Run(ref kernel);
        }
    }

    /// <summary>Adds the gradients: with <c>p = ds_j v (1 − tanh²)</c>, <c>gq += p</c>, <c>gk_j += p</c>, <c>gv += ds_j tanh</c>.</summary>
    public static void Backward(
        ReadOnlySpan<real> query, ReadOnlySpan<real> keys, int stride, ReadOnlySpan<real> vector, ReadOnlySpan<real> gradScores,
        Span<real> gradQuery, Span<real> gradKeys, Span<real> gradVector)
    {
        int width = query.Length;
        CheckSizes(width, keys.Length, stride, vector.Length, gradScores.Length);
        CheckSizes(width, gradKeys.Length, stride, gradVector.Length, gradScores.Length);
        Check.Same(gradQuery.Length, width, "AdditiveScores", "the gradient of the query");
        fixed (real* pq = query, pk = keys, pv = vector, ps = gradScores, gq = gradQuery, gk = gradKeys, gv = gradVector)
        {
            for (int j = 0; j < gradScores.Length; j++)
            {
                var kernel = new BackwardKernel(pq, pk + ((nint)j * stride), pv, ps[j], gq, gk + ((nint)j * stride), gv);
                Ranges.Run(ref kernel, 0, width);
            }
        }
    }

    private static void CheckSizes(int width, int keys, int stride, int vector, int count)
    {
        Check.Same(vector, width, "AdditiveScores", "the vector");
        if (count > 0)
            Check.AtLeast(keys, ((long)(count - 1) * stride) + width, "AdditiveScores", "the keys");
    }

    internal readonly struct ForwardKernel(real* query, real* keys, nint stride, real* vector, real* scores, int count, int width) : ILaneKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            real* sums = stackalloc real[Lanes.Accumulators];
            for (int j = 0; j < count; j++)
            {
                new Span<real>(sums, Lanes.Accumulators).Clear();
                real* key = keys + (j * stride);
                for (int i = 0; i < width; i += V.Count)
                {
                    int rest = int.Min(V.Count, width - i);
                    V t = V.Tanh(V.LoadPartial(query + i, rest) + V.LoadPartial(key + i, rest));
                    real* sum = sums + (i & (Lanes.Accumulators - 1));
                    V.StorePartial(V.MulAdd(t, V.LoadPartial(vector + i, rest), V.Load(sum)), sum, rest);
                }

                scores[j] = Reduce.SumOf<V>(sums);
            }
        }
    }

    internal readonly struct BackwardKernel(real* query, real* key, real* vector, real gradScore, real* gradQuery, real* gradKey, real* gradVector) : IRangeKernel
    {
        [MethodImpl(Jit.Kernel)]
        public void Run<V>(int start, int end)
            where V : struct, ILane<V>
        {
            V one = (V)(real)1, g = (V)gradScore;
            for (int i = start; i < end; i += V.Count)
            {
                int count = int.Min(V.Count, end - i);
                V t = V.Tanh(V.LoadPartial(query + i, count) + V.LoadPartial(key + i, count));
                V p = g * V.LoadPartial(vector + i, count) * (one - (t * t));
                V.StorePartial(V.LoadPartial(gradQuery + i, count) + p, gradQuery + i, count);
                V.StorePartial(V.LoadPartial(gradKey + i, count) + p, gradKey + i, count);
                V.StorePartial(V.MulAdd(g, t, V.LoadPartial(gradVector + i, count)), gradVector + i, count);
            }
        }
    }
}
