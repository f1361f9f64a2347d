using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// <c>C = A · B</c> or <c>C += A · B</c> without packing, for few rows or very small matrices. Rows of B are read once each for a row
/// of C, four at a time, so memory is read in order; the sums are the same chains in the order of k as those of <see cref="GemmTile"/>.
/// </summary>
internal readonly unsafe struct GemmDirect(
    int m, int n, int k, real* a, nint rowStride, nint depthStride, real* b, nint ldb, real* c, nint ldc, bool accumulate) : ILaneKernel
{
    /// <inheritdoc/>
    public void Run<V>()
        where V : struct, ILane<V>
    {
        for (int i = 0; i < m; i++)
        {
            real* row = a + (i * rowStride);
            real* result = c + (i * ldc);
            bool add = accumulate;
            int p = 0;
            for (; p <= k - 4; p += 4, add = true)
                AddFourRows<V>(row + (p * depthStride), b + (p * ldb), result, add);
            for (; p < k; p++, add = true)
                AddRow<V>(row[p * depthStride], b + (p * ldb), result, add);
            if (!add)
                new Span<real>(result, n).Clear();
        }
    }

    [MethodImpl(Jit.Kernel)]
    private void AddFourRows<V>(real* x, real* b0, real* result, bool add)
        where V : struct, ILane<V>
    {
        V x0 = (V)x[0], x1 = (V)x[depthStride], x2 = (V)x[2 * depthStride], x3 = (V)x[3 * depthStride];
        real* b1 = b0 + ldb, b2 = b1 + ldb, b3 = b2 + ldb;
        int j = 0;
        for (; j <= n - V.Count; j += V.Count)
        {
            V sum = V.MulAdd(x0, V.Load(b0 + j), add ? V.Load(result + j) : default);
            sum = V.MulAdd(x1, V.Load(b1 + j), sum);
            sum = V.MulAdd(x2, V.Load(b2 + j), sum);
            V.Store(V.MulAdd(x3, V.Load(b3 + j), sum), result + j);
        }

        if (j < n)
        {
            int rest = n - j;
            V sum = V.MulAdd(x0, V.LoadPartial(b0 + j, rest), add ? V.LoadPartial(result + j, rest) : default);
            sum = V.MulAdd(x1, V.LoadPartial(b1 + j, rest), sum);
            sum = V.MulAdd(x2, V.LoadPartial(b2 + j, rest), sum);
            V.StorePartial(V.MulAdd(x3, V.LoadPartial(b3 + j, rest), sum), result + j, rest);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private void AddRow<V>(real x, real* b0, real* result, bool add)
        where V : struct, ILane<V>
    {
        V factor = (V)x;
        int j = 0;
        for (; j <= n - V.Count; j += V.Count)
            V.Store(V.MulAdd(factor, V.Load(b0 + j), add ? V.Load(result + j) : default), result + j);
        if (j < n)
        {
            V before = add ? V.LoadPartial(result + j, n - j) : default;
            V.StorePartial(V.MulAdd(factor, V.LoadPartial(b0 + j, n - j), before), result + j, n - j);
        }
    }
}
