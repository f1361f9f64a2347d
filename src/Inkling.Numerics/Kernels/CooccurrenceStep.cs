using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Steps of GloVe with AdaGrad (Pennington et al. 2014, eq. 8; Duchi et al. 2011): for a pair that occurred X times together, <c>d = w · c + b + b̃ − log X</c>,
/// gradients <c>f(X) d c</c> of w and <c>f(X) d w</c> of c, each times the rate <c>η</c> and over the root of its earlier squares.
/// </summary>
/// <remarks>
/// The biases are elements of the rows: row w ends in b, 1 and row c in 1, b̃ at places <c>width</c> and <c>width + 1</c>, so that one product has all; the ones are
/// put back after each step. Rows are <c>stride</c> elements apart, a multiple of 16, with zeros behind.
/// </remarks>
internal static unsafe class CooccurrenceStep
{
    /// <summary>The largest magnitude of a gradient: early ones of frequent pairs may be huge.</summary>
    private const int Clip = 100;

    /// <summary>Does the steps of a list of pairs, one after the other.</summary>
    /// <param name="w">Rows of words, and <paramref name="squares"/> of theirs: sums of squared steps that begin at 1.</param>
    /// <param name="squares">As long as <paramref name="w"/>.</param>
    /// <param name="c">Rows of contexts, and <paramref name="contextSquares"/> of theirs.</param>
    /// <param name="contextSquares">As long as <paramref name="c"/>.</param>
    /// <param name="rows">The word of each pair.</param>
    /// <param name="columns">The context of each pair.</param>
    /// <param name="logs">log X.</param>
    /// <param name="weights">f(X).</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="stride">Elements from a row to the next.</param>
    /// <param name="rate">η.</param>
    /// <returns><c>Σ ½ f(X) d²</c> before the steps.</returns>
    public static double Run(Span<real> w, Span<real> squares, Span<real> c, Span<real> contextSquares, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ReadOnlySpan<real> logs, ReadOnlySpan<real> weights, int width, int stride, real rate)
    {
        Check.Same(squares.Length, w.Length, "CooccurrenceStep", "the squares of words");
        Check.Same(contextSquares.Length, c.Length, "CooccurrenceStep", "the squares of contexts");
        Check.Same(columns.Length, rows.Length, "CooccurrenceStep", "the contexts");
        Check.Same(logs.Length, rows.Length, "CooccurrenceStep", "the logarithms");
        Check.Same(weights.Length, rows.Length, "CooccurrenceStep", "the weights");
        Check.AtLeast(stride, width + 2, "CooccurrenceStep", "a row");
        Check.Same(stride % Lanes.Accumulators, 0, "CooccurrenceStep", "the stride's rest by 16");
        RowTables.Inside(rows, w.Length, stride, "CooccurrenceStep");
        RowTables.Inside(columns, c.Length, stride, "CooccurrenceStep");
        fixed (real* pw = w, ps = squares, pc = c, pq = contextSquares, pl = logs, pf = weights)
        fixed (int* pr = rows, pn = columns)
        {
            var kernel = new Kernel(pw, ps, pc, pq, pr, pn, pl, pf, rows.Length, width, stride, rate);
            Lanes.Run(ref kernel);
            return kernel.Cost;
        }
    }

    internal struct Kernel(real* w, real* squares, real* c, real* contextSquares, int* rows, int* columns, real* logs, real* weights, int count, int width, int stride, real rate) : ILaneKernel
    {
        public double Cost;

        [MethodImpl(Jit.Kernel)]
        public void Run<V>()
            where V : struct, ILane<V>
        {
            for (int i = 0; i < count; i++)
            {
                nint row = (nint)rows[i] * stride, column = (nint)columns[i] * stride;
                var dot = new Reduce.BlockKernel<Reduce.Product>(w + row, c + column, stride);
                dot.Run<V>();
                real difference = dot.Result - logs[i], weighted = weights[i] * difference;
                Cost += 0.5 * weighted * difference;
                Step<V>(w + row, squares + row, c + column, contextSquares + column, weighted);
                w[row + width + 1] = 1;
                c[column + width] = 1;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Step<V>(real* p, real* s, real* q, real* t, real weighted)
            where V : struct, ILane<V>
        {
            V factor = (V)weighted, most = (V)(real)Clip, least = (V)(real)(-Clip), step = (V)rate;
            for (int k = 0; k < stride; k += V.Count)
            {
                V a = V.Load(p + k), b = V.Load(q + k);
                V ga = step * V.Max(least, V.Min(most, factor * b)), gb = step * V.Max(least, V.Min(most, factor * a));
                V sa = V.Load(s + k), sb = V.Load(t + k);
                V.Store(a - (ga / V.Sqrt(sa)), p + k);
                V.Store(b - (gb / V.Sqrt(sb)), q + k);
                V.Store(V.MulAdd(ga, ga, sa), s + k);
                V.Store(V.MulAdd(gb, gb, sb), t + k);
            }
        }
    }
}
