using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// Copies of the operands in the order in which the tiles read them. B becomes panels of two registers of columns, [k, width] each,
/// the last padded with zeros; A becomes tiles, [k, rows] each.
/// </summary>
internal static unsafe class GemmPacking
{
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

    /// <summary>Packs a tile of <paramref name="rows"/> rows of op(A): element (i, p) lies at <c>a[i · rowStride + p · depthStride]</c>.</summary>
    public static void PackLeft(int rows, int k, real* a, nint rowStride, nint depthStride, real* packed)
    {
        if (rowStride == 1)
        {
            for (int p = 0; p < k; p++, a += depthStride, packed += rows)
            {
                for (int i = 0; i < rows; i++)
                    packed[i] = a[i];
            }

            return;
        }

        for (int i = 0; i < rows; i++)
        {
            real* from = a + (i * rowStride);
            real* to = packed + i;
            for (int p = 0; p < k; p++, from += depthStride, to += rows)
                *to = *from;
        }
    }
}
