namespace Inkling.Numerics;

/// <summary>Height of a tile as a type, so that the compiler makes a method of its own for each.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

/// <content>From a height that is a number to one that is a type.</content>
internal static unsafe partial class GemmTile
{
    /// <summary>
    /// <c>C = A · B</c>, or <c>C += A · B</c>, for one tile.
    /// </summary>
    /// <param name="rows">Rows of the tile, 1 to <see cref="MaximumRows"/>.</param>
    /// <param name="a">Packed A: for each k, <paramref name="rows"/> elements.</param>
    /// <param name="b">Packed B: for each k, two registers.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="c">The tile of C; rows are <paramref name="ldc"/> elements apart.</param>
    /// <param name="ldc">Row stride of C.</param>
    /// <param name="accumulate">Whether the sums start from C.</param>
    public static void Run<V>(int rows, real* a, real* b, int k, real* c, nint ldc, bool accumulate)
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

    private readonly struct Rows1 : ITileRows
    {
        public static int Count => 1;
    }

    private readonly struct Rows2 : ITileRows
    {
        public static int Count => 2;
    }

    private readonly struct Rows3 : ITileRows
    {
        public static int Count => 3;
    }

    private readonly struct Rows4 : ITileRows
    {
        public static int Count => 4;
    }

    private readonly struct Rows5 : ITileRows
    {
        public static int Count => 5;
    }

    private readonly struct Rows6 : ITileRows
    {
        public static int Count => 6;
    }

    private readonly struct Rows7 : ITileRows
    {
        public static int Count => 7;
    }

    private readonly struct Rows8 : ITileRows
    {
        public static int Count => 8;
    }

    private readonly struct Rows9 : ITileRows
    {
        public static int Count => 9;
    }

    private readonly struct Rows10 : ITileRows
    {
        public static int Count => 10;
    }

    private readonly struct Rows11 : ITileRows
    {
        public static int Count => 11;
    }

    private readonly struct Rows12 : ITileRows
    {
        public static int Count => 12;
    }

    private readonly struct Rows13 : ITileRows
    {
        public static int Count => 13;
    }

    private readonly struct Rows14 : ITileRows
    {
        public static int Count => 14;
    }
}
