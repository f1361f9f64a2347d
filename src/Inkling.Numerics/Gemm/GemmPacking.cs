using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Inkling.Numerics;

/// <summary>
/// Copies of the operands in the order in which the tiles read them. B becomes panels of two registers of columns, [k, width] each,
/// the last padded with zeros; A becomes tiles, [k, rows] each.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>Elements that may be written behind packed tiles.</summary>
    public const int Slack = 16;

    /// <summary>Columns of a panel: two registers of the lane in use.</summary>
    public static int PanelWidth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Lanes.Bits == 1 ? 2 : Lanes.Bits / 16;
    }

    /// <summary>
    /// Packs columns <paramref name="column"/> to <paramref name="column"/> + <paramref name="columns"/> of op(B), all
    /// <paramref name="k"/> rows, from where <paramref name="b"/> points.
    /// </summary>
    public static void PackRight<V>(bool transpose, int k, int column, int columns, real* b, nint ldb, real* packed)
        where V : struct, ILane<V>
    {
        int width = PanelWidth;
        for (int j = column; j < column + columns; j += width, packed += (nint)k * width)
        {
            int used = int.Min(width, column + columns - j);
            if (used < width)
                new Span<real>(packed, checked(k * width)).Clear();
            if (transpose)
                Transposition.Transpose(used, k, b + (j * ldb), ldb, packed, width);
            else
                CopyPanel<V>(k, used, b + j, ldb, packed);
        }
    }

    /// <summary>Rows of B lie far apart, so the hardware does not foresee the next ones; they are fetched sixteen ahead.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void CopyPanel<V>(int k, int columns, real* b, nint ldb, real* packed)
        where V : struct, ILane<V>
    {
        const int Ahead = 16;
        if (columns < 2 * V.Count)
        {
            int first = int.Min(columns, V.Count), second = columns - first;
            for (int p = 0; p < k; p++, b += ldb, packed += 2 * V.Count)
            {
                V.StorePartial(V.LoadPartial(b, first), packed, first);
                V.StorePartial(V.LoadPartial(b + first, second), packed + first, second);
            }

            return;
        }

        for (int p = 0; p < k; p++, b += ldb, packed += 2 * V.Count)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(b + (Ahead * ldb));
                Sse.Prefetch0(b + (Ahead * ldb) + V.Count);
            }

            V.Store(V.Load(b), packed);
            V.Store(V.Load(b + V.Count), packed + V.Count);
        }
    }

    /// <summary>Packs all of op(B).</summary>
    internal readonly struct RightKernel(bool transpose, int k, int n, real* b, nint ldb, real* packed) : ILaneKernel
    {
        public void Run<V>()
            where V : struct, ILane<V> => PackRight<V>(transpose, k, 0, n, b, ldb, packed);
    }

    /// <summary>
    /// Packs a tile of <paramref name="rows"/> rows of op(A): element (i, p) lies at <c>a[i · rowStride + p · depthStride]</c>. Up to
    /// <see cref="Slack"/> elements behind the tile may be overwritten, so tiles are packed in order.
    /// </summary>
    public static void PackLeft<V>(int rows, int k, real* a, nint rowStride, nint depthStride, real* packed)
        where V : struct, ILane<V>
    {
        if (depthStride != 1 && rowStride == 1)
            CopyColumns<V>(rows, k, a, depthStride, packed);
        else if (depthStride == 1)
            TransposeTile<V>(rows, k, a, rowStride, packed);
        else
            CopyElements(rows, 0, k, a, rowStride, depthStride, packed);
    }

    /// <summary>A is stored transposed: what the tile wants for one k lies side by side.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void CopyColumns<V>(int rows, int k, real* a, nint depthStride, real* packed)
        where V : struct, ILane<V>
    {
        int p = 0;
        if (rows <= V.Count && depthStride >= V.Count)
        {
            // Whole registers: what is too much in one is overwritten by the next, and for all but the last k the memory behind
            // belongs to the matrix.
            for (; p < k - 1; p++, a += depthStride, packed += rows)
                V.Store(V.Load(a), packed);
        }

        for (; p < k; p++, a += depthStride, packed += rows)
        {
            for (int i = 0; i < rows; i++)
                packed[i] = a[i];
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void TransposeTile<V>(int rows, int k, real* a, nint rowStride, real* packed)
        where V : struct, ILane<V>
    {
        int p = 0;
#if !REAL_DOUBLE
        int edge = TransposeBlocks.Edge;
        if (edge == V.Count && rows <= edge)
        {
            // A tile is lower than a block; as above every store overwrites what the one before wrote too much.
            float* block = stackalloc float[edge * edge];
            for (; p <= k - edge; p += edge)
            {
                TransposeBlocks.Transpose(rows, a + p, rowStride, block, edge);
                for (int i = 0; i < edge; i++)
                    V.Store(V.Load(block + (i * edge)), packed + ((p + i) * rows));
            }
        }
#endif
        CopyElements(rows, p, k, a, rowStride, 1, packed);
    }

    [MethodImpl(Jit.Kernel)]
    private static void CopyElements(int rows, int p, int k, real* a, nint rowStride, nint depthStride, real* packed)
    {
        for (; p < k; p++)
        {
            for (int i = 0; i < rows; i++)
                packed[(p * rows) + i] = a[(i * rowStride) + (p * depthStride)];
        }
    }
}
