using System.Runtime.CompilerServices;

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
    public static void PackRight(bool transpose, int k, int column, int columns, real* b, nint ldb, real* packed)
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
                CopyPanel(k, used, b + j, ldb, packed, width);
        }
    }

    private static void CopyPanel(int k, int columns, real* b, nint ldb, real* packed, int width)
    {
        for (int p = 0; p < k; p++)
            Unsafe.CopyBlockUnaligned(packed + ((nint)p * width), b + (p * ldb), (uint)(columns * sizeof(real)));
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

    private static void CopyElements(int rows, int p, int k, real* a, nint rowStride, nint depthStride, real* packed)
    {
        for (; p < k; p++)
        {
            for (int i = 0; i < rows; i++)
                packed[(p * rows) + i] = a[(i * rowStride) + (p * depthStride)];
        }
    }
}
