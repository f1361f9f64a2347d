using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Matrix products, row-major: <c>C = op(A) · op(B)</c> or <c>C += op(A) · op(B)</c>, op(A) being m × k, op(B) k × n. Each element of
/// C is one chain of multiply-adds in the order of k: it does not depend on threads, blocking or lane width, and a row of C does not
/// depend on the other rows. The one exception: fewer than four rows times a transposed B, k at least 64, are dot products in 16 accumulators.
/// </summary>
internal static unsafe partial class Gemm
{
    /// <summary>Products of fewer multiply-adds are done without packing.</summary>
    private const long SmallWork = 8192;

    /// <summary>Fewer rows than this do not repay packing B.</summary>
    private const int FewRows = 4;

    /// <summary>From this length on, dot products of few rows are faster than transposing B.</summary>
    private const int LongSum = 64;

    /// <summary>Multiply-adds from which a second thread pays: about 20 µs of one thread.</summary>
    private const long SharedWork = 1 << 20;

    /// <summary>The product.</summary>
    /// <param name="transposeA">Whether A is stored as k × m.</param>
    /// <param name="transposeB">Whether B is stored as n × k.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="a">A.</param>
    /// <param name="lda">Row stride of A as stored.</param>
    /// <param name="b">B.</param>
    /// <param name="ldb">Row stride of B as stored.</param>
    /// <param name="c">C; apart from A and B.</param>
    /// <param name="ldc">Row stride of C.</param>
    /// <param name="accumulate">Whether the product is added to C.</param>
    /// <param name="team">Who works.</param>
    public static void Multiply(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<real> a, int lda, ReadOnlySpan<real> b, int ldb,
        Span<real> c, int ldc, bool accumulate, Team team)
    {
        CheckMatrix(a.Length, transposeA ? k : m, transposeA ? m : k, lda, "A");
        CheckMatrix(b.Length, transposeB ? n : k, transposeB ? k : n, ldb, "B");
        CheckMatrix(c.Length, m, n, ldc, "C");
        if (m == 0 || n == 0)
            return;
        fixed (real* pa = a, pb = b, pc = c)
        {
            nint rowStride = transposeA ? 1 : lda, depthStride = transposeA ? lda : 1;
            if (IsSmall(transposeB, m, n, k))
                MultiplySmall(transposeB, m, n, k, pa, rowStride, depthStride, pb, ldb, accumulate ? pc : null, ldc, pc, ldc);
            else
                MultiplyLarge(transposeB, m, n, k, pa, rowStride, depthStride, pb, ldb, pc, ldc, accumulate, team);
        }
    }

    // Apart, so that small products do not pay for the size of this one's frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MultiplyLarge(
        bool transposeB, int m, int n, int k, real* a, nint rowStride, nint depthStride, real* b, nint ldb,
        real* c, nint ldc, bool accumulate, Team team)
    {
        if (m < FewRows && transposeB && k >= LongSum)
            MultiplyFewRowsTransposed(m, n, k, a, rowStride, depthStride, b, ldb, c, ldc, accumulate);
        else if (m < FewRows && !transposeB)
            MultiplyDirect(m, n, k, a, rowStride, depthStride, b, ldb, c, ldc, accumulate);
        else
            Share(Whole(transposeB, m, n, k, a, rowStride, depthStride, b, ldb, false, c, ldc, accumulate), team);
    }

    /// <summary>Elements that <see cref="Pack"/> writes.</summary>
    public static int PackedLength(int k, int n)
    {
        int width = GemmPacking.PanelWidth;
        return checked((n + width - 1) / width * width * k);
    }

    /// <summary>Packs op(B), k × n, once for many products. The order depends on the processor; it is not for files.</summary>
    public static void Pack(bool transposeB, int k, int n, ReadOnlySpan<real> b, int ldb, Span<real> packed)
    {
        CheckMatrix(b.Length, transposeB ? n : k, transposeB ? k : n, ldb, "B");
        Check.AtLeast(packed.Length, PackedLength(k, n), "Gemm", "the packed B");
        fixed (real* pb = b, pp = packed)
        {
            var kernel = new GemmPacking.RightKernel(transposeB, k, n, pb, ldb, pp);
            Lanes.Run(ref kernel);
        }
    }

    /// <summary><c>C = A · B</c> or <c>C += A · B</c> with B packed by <see cref="Pack"/>.</summary>
    public static void MultiplyPacked(
        int m, int n, int k, ReadOnlySpan<real> a, int lda, ReadOnlySpan<real> packed, Span<real> c, int ldc, bool accumulate, Team team)
    {
        CheckMatrix(a.Length, m, k, lda, "A");
        Check.AtLeast(packed.Length, PackedLength(k, n), "Gemm", "the packed B");
        CheckMatrix(c.Length, m, n, ldc, "C");
        if (m == 0 || n == 0)
            return;
        fixed (real* pa = a, pb = packed, pc = c)
            Share(Whole(false, m, n, k, pa, lda, 1, pb, 0, true, pc, ldc, accumulate), team);
    }

    private static GemmBlocks Whole(
        bool transposeB, int m, int n, int k, real* a, nint rowStride, nint depthStride, real* b, nint ldb, bool packed,
        real* c, nint ldc, bool accumulate) => new()
        {
            Rows = m,
            Columns = n,
            Depth = k,
            Left = a,
            LeftRowStride = rowStride,
            LeftDepthStride = depthStride,
            Right = b,
            RightStride = ldb,
            RightIsTransposed = transposeB,
            RightIsPacked = packed,
            Result = c,
            ResultStride = ldc,
            Accumulate = accumulate,
        };

    /// <summary>
    /// Cuts C along its longer side, so that only the smaller operand is packed by every thread, and into more parts than threads,
    /// so that a thread that is held up leaves the rest to the others.
    /// </summary>
    private static void Share(GemmBlocks whole, Team team)
    {
        long work = (long)whole.Rows * whole.Columns * whole.Depth;
        if (team.Threads == 1 || work < SharedWork)
        {
            Lanes.Run(ref whole);
            return;
        }

        bool byRows = whole.Rows > whole.Columns;
        int unit = byRows ? GemmTile.MaximumRows : GemmPacking.PanelWidth;
        int units = ((byRows ? whole.Rows : whole.Columns) + unit - 1) / unit;
        int parts = (int)long.Min(units, long.Min(4L * team.Threads, long.Max(team.Threads, work / (8 * SharedWork))));
        var body = new Parts { Whole = whole, ByRows = byRows, Unit = unit, Units = units, Count = parts };
        team.For(parts, ref body);
    }

    private static void MultiplyDirect(
        int m, int n, int k, real* a, nint rowStride, nint depthStride, real* b, nint ldb, real* c, nint ldc, bool accumulate)
    {
        var kernel = new GemmDirect(m, n, k, a, rowStride, depthStride, b, ldb, c, ldc, accumulate);
        Lanes.Run(ref kernel);
    }

    private static void MultiplyFewRowsTransposed(
        int m, int n, int k, real* a, nint rowStride, nint depthStride, real* b, nint ldb, real* c, nint ldc, bool accumulate)
    {
        for (int i = 0; i < m; i++)
        {
            real* row = a + (i * rowStride);
            if (depthStride != 1)
            {
                real* copy = Scratch.Rent(Scratch.Slot.Left, k);
                for (int p = 0; p < k; p++)
                    copy[p] = row[p * depthStride];
                row = copy;
            }

            var kernel = new Gemv.RowsKernel(n, k, b, ldb, row, c + (i * ldc), accumulate);
            Lanes.Run(ref kernel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckMatrix(int length, int rows, int columns, int stride, string name)
    {
        bool fits = rows > 0 && columns > 0 && stride >= columns && ((long)(rows - 1) * stride) + columns <= length;
        if (!fits)
            CheckUnusualMatrix(length, rows, columns, stride, name);
    }

    private static void CheckUnusualMatrix(int length, int rows, int columns, int stride, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows, name);
        ArgumentOutOfRangeException.ThrowIfNegative(columns, name);
        if (rows == 0 || columns == 0)
            return;
        if (stride < columns)
            throw new ArgumentException($"Gemm: {name} has rows of {columns} elements but a row stride of {stride}.");
        Check.AtLeast(length, ((long)(rows - 1) * stride) + columns, "Gemm", name);
    }

    private struct Parts : IChunkBody
    {
        public GemmBlocks Whole;
        public bool ByRows;
        public int Unit;
        public int Units;
        public int Count;

        public readonly void Run(int chunk)
        {
            int start = (int)((long)Units * chunk / Count) * Unit;
            int end = (int)((long)Units * (chunk + 1) / Count) * Unit;
            GemmBlocks part = ByRows ? OfRows(start, int.Min(end, Whole.Rows)) : OfColumns(start, int.Min(end, Whole.Columns));
            Lanes.Run(ref part);
        }

        private readonly GemmBlocks OfRows(int start, int end) => Whole with
        {
            Rows = end - start,
            Left = Whole.Left + (start * Whole.LeftRowStride),
            Result = Whole.Result + (start * Whole.ResultStride),
        };

        private readonly GemmBlocks OfColumns(int start, int end) => Whole with
        {
            Columns = end - start,
            Right = Whole.Right + (Whole.RightIsPacked ? (nint)start * Whole.Depth : Whole.RightIsTransposed ? start * Whole.RightStride : start),
            Result = Whole.Result + start,
        };
    }
}
