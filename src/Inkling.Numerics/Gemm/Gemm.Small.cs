namespace Inkling.Numerics;

/// <content>Products of a layer with a bias, and those too small to repay packing.</content>
internal static unsafe partial class Gemm
{
    /// <summary><c>C = op(A) · op(B)</c> with <paramref name="bias"/> added to each row: the sums start from it. Otherwise as <see cref="Multiply"/>.</summary>
    public static void MultiplyWithBias(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<real> a, int lda, ReadOnlySpan<real> b, int ldb,
        ReadOnlySpan<real> bias, Span<real> c, int ldc, Team team)
    {
        Check.Same(bias.Length, n, "Gemm", "the bias");
        if (!IsSmall(transposeB, m, n, k))
        {
            for (int i = 0; i < m; i++)
                bias.CopyTo(c.Slice(i * ldc, n));
            Multiply(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc, true, team);
            return;
        }

        CheckMatrix(a.Length, transposeA ? k : m, transposeA ? m : k, lda, "A");
        CheckMatrix(b.Length, transposeB ? n : k, transposeB ? k : n, ldb, "B");
        CheckMatrix(c.Length, m, n, ldc, "C");
        fixed (real* pa = a, pb = b, pc = c, start = bias)
            MultiplySmall(transposeB, m, n, k, pa, transposeA ? 1 : lda, transposeA ? lda : 1, pb, ldb, start, 0, pc, ldc);
    }

    private static bool IsSmall(bool transposeB, int m, int n, int k) =>
        (long)m * n * k <= SmallWork && !(m < FewRows && transposeB && k >= LongSum);

    private static void MultiplySmall(
        bool transposeB, int m, int n, int k, real* a, nint rowStride, nint depthStride, real* b, nint ldb,
        real* start, nint startStride, real* c, nint ldc)
    {
        if (transposeB && n == 1)
        {
            // The one row of B is its one column as well.
            ldb = 1;
        }
        else if (transposeB)
        {
            real* straight = Scratch.Rent(Scratch.Slot.Right, k * n);
            Transposition.Transpose(n, k, b, ldb, straight, n);
            b = straight;
            ldb = n;
        }

        var kernel = new GemmSmall
        {
            Rows = m,
            Columns = n,
            Depth = k,
            Left = a,
            LeftRowStride = rowStride,
            LeftDepthStride = depthStride,
            Right = b,
            RightStride = ldb,
            Start = start,
            StartStride = startStride,
            Result = c,
            ResultStride = ldc,
        };
        Lanes.Run(ref kernel);
    }
}
