using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <content>From operands and a height that is a number to the code for them.</content>
internal static unsafe partial class GemmTile
{
    /// <summary>One tile, with the code that suits the processor and the operands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(in TileOperands tile)
        where V : struct, ILane<V>
    {
        if (Lanes.Bits != 512 || !tile.IsPacked)
            ShortTile.Run<V>(tile);
        else if (tile.Columns == 2 * V.Count)
            Run<V>(tile.Rows, tile.A, tile.B, tile.Depth, tile.C, tile.CRow, tile.Accumulate);
        else
            RunEdge<V>(tile);
    }

    /// <summary>A tile that sticks out on the right is computed in full in a buffer, of which the part inside is copied.</summary>
    private static void RunEdge<V>(in TileOperands tile)
        where V : struct, ILane<V>
    {
        real* edge = stackalloc real[14 * 32];
        int width = 2 * V.Count, used = tile.Columns;
        for (int i = 0; tile.Accumulate && i < tile.Rows; i++)
            new Span<real>(tile.C + (i * tile.CRow), used).CopyTo(new Span<real>(edge + (i * width), used));
        Run<V>(tile.Rows, tile.A, tile.B, tile.Depth, edge, width, tile.Accumulate);
        for (int i = 0; i < tile.Rows; i++)
            new Span<real>(edge + (i * width), used).CopyTo(new Span<real>(tile.C + (i * tile.CRow), used));
    }

    /// <summary>The same for packed operands and a full panel.</summary>
    private static void Run<V>(int rows, real* a, real* b, int k, real* c, nint ldc, bool accumulate)
        where V : struct, ILane<V>
    {
        switch (rows)
        {
            case 1:
                Run<V, Rows1>(a, b, k, c, ldc, accumulate);
                break;
            case 2:
                Run<V, Rows2>(a, b, k, c, ldc, accumulate);
                break;
            case 3:
                Run<V, Rows3>(a, b, k, c, ldc, accumulate);
                break;
            case 4:
                Run<V, Rows4>(a, b, k, c, ldc, accumulate);
                break;
            case 5:
                Run<V, Rows5>(a, b, k, c, ldc, accumulate);
                break;
            case 6:
                Run<V, Rows6>(a, b, k, c, ldc, accumulate);
                break;
            case 7:
                Run<V, Rows7>(a, b, k, c, ldc, accumulate);
                break;
            case 8:
                Run<V, Rows8>(a, b, k, c, ldc, accumulate);
                break;
            case 9:
                Run<V, Rows9>(a, b, k, c, ldc, accumulate);
                break;
            case 10:
                Run<V, Rows10>(a, b, k, c, ldc, accumulate);
                break;
            case 11:
                Run<V, Rows11>(a, b, k, c, ldc, accumulate);
                break;
            case 12:
                Run<V, Rows12>(a, b, k, c, ldc, accumulate);
                break;
            case 13:
                Run<V, Rows13>(a, b, k, c, ldc, accumulate);
                break;
            case 14:
                Run<V, Rows14>(a, b, k, c, ldc, accumulate);
                break;
        }
    }
}
