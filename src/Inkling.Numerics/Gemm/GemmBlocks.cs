namespace Inkling.Numerics;

/// <summary>
/// One thread's share of a matrix product: rows and columns of C, with the blocking for the caches. k is cut into blocks so that a
/// tile of A (14 × 512 floats, 28 KB) stays in the first-level cache; a block of A of 168 rows and a panel of B stay in the second.
/// </summary>
internal readonly unsafe struct GemmBlocks : ILaneKernel
{
    /// <summary>The longest block of k.</summary>
    private const int MaximumDepth = 512;

    /// <summary>Rows of A packed at a time: twelve tiles of 14, or 28 of 6.</summary>
    public const int MaximumHeight = 168;

    /// <summary>Columns of B packed at a time when several blocks of rows will read them: 2 MB, a small part of the third-level cache.</summary>
    private const int MaximumWidth = 1024;

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required int Depth { get; init; }

    /// <summary>First element of op(A).</summary>
    public required real* Left { get; init; }

    public required nint LeftRowStride { get; init; }

    public required nint LeftDepthStride { get; init; }

    /// <summary>First element of B as it is stored, or the first panel if it is packed.</summary>
    public required real* Right { get; init; }

    public required nint RightStride { get; init; }

    public required bool RightIsTransposed { get; init; }

    public required bool RightIsPacked { get; init; }

    public required real* Result { get; init; }

    public required nint ResultStride { get; init; }

    public required bool Accumulate { get; init; }

    /// <inheritdoc/>
    public void Run<V>()
        where V : struct, ILane<V>
    {
        int width = GemmPacking.PanelWidth;
        int blocks = (Depth + MaximumDepth - 1) / MaximumDepth;
        int depth = blocks == 0 ? 0 : (Depth + blocks - 1) / blocks;
        // With one block of rows a panel is used up at once: pack one at a time, while it is in the cache.
        int columns = Rows <= MaximumHeight ? width : MaximumWidth;
        for (int p = 0; p < Depth; p += depth)
        {
            int d = int.Min(depth, Depth - p);
            bool add = Accumulate || p > 0;
            if (RightIsPacked)
            {
                RunRows<V>(p, d, 0, Columns, Right + ((nint)p * width), (nint)Depth * width, add);
                continue;
            }

            for (int j = 0; j < Columns; j += columns)
            {
                int used = int.Min(columns, Columns - j);
                real* packed = Scratch.Rent(Scratch.Slot.Right, d * ((used + width - 1) / width * width));
                real* b = Right + (RightIsTransposed ? p : p * RightStride);
                GemmPacking.PackRight<V>(RightIsTransposed, d, j, used, b, RightStride, packed);
                // The packed block of A is made once for each block of k when there is only one.
                RunRows<V>(p, d, j, used, packed, (nint)d * width, add, leftIsPacked: Rows <= MaximumHeight && j > 0);
            }
        }

        if (Depth == 0 && !Accumulate)
        {
            for (int i = 0; i < Rows; i++)
                new Span<real>(Result + (i * ResultStride), Columns).Clear();
        }
    }

    /// <summary>All rows against the packed columns <paramref name="column"/> and on, for one block of k.</summary>
    private void RunRows<V>(int p, int d, int column, int columns, real* panels, nint panelStride, bool add, bool leftIsPacked = false)
        where V : struct, ILane<V>
    {
        int width = GemmPacking.PanelWidth;
        real* left = Scratch.Rent(Scratch.Slot.Left, (MaximumHeight * MaximumDepth) + GemmPacking.Slack);
        real* edge = stackalloc real[14 * 32];
        for (int i0 = 0; i0 < Rows; i0 += MaximumHeight)
        {
            int height = int.Min(MaximumHeight, Rows - i0);
            // Tiles of nearly equal height: 32 rows are 11 + 11 + 10, not 14 + 14 + 4.
            int tiles = (height + GemmTile.MaximumRows - 1) / GemmTile.MaximumRows;
            if (!leftIsPacked)
                PackRows<V>(i0, height, tiles, p, d, left);
            for (int j = 0; j < columns; j += width)
            {
                real* b = panels + (j / width * panelStride);
                int used = int.Min(width, columns - j);
                for (int t = 0; t < tiles; t++)
                {
                    int i = height * t / tiles;
                    int rows = (height * (t + 1) / tiles) - i;
                    real* c = Result + ((i0 + i) * ResultStride) + column + j;
                    if (used == width)
                        GemmTile.Run<V>(rows, left + ((nint)i * d), b, d, c, ResultStride, add);
                    else
                        RunEdge<V>(rows, left + ((nint)i * d), b, d, c, used, add, edge);
                }
            }
        }
    }

    private void PackRows<V>(int i0, int height, int tiles, int p, int d, real* left)
        where V : struct, ILane<V>
    {
        for (int t = 0; t < tiles; t++)
        {
            int i = height * t / tiles;
            int rows = (height * (t + 1) / tiles) - i;
            real* a = Left + ((i0 + i) * LeftRowStride) + (p * LeftDepthStride);
            GemmPacking.PackLeft<V>(rows, d, a, LeftRowStride, LeftDepthStride, left + ((nint)i * d));
        }
    }

    /// <summary>A tile that sticks out on the right is computed in full in a buffer, of which the part inside is copied.</summary>
    private void RunEdge<V>(int rows, real* a, real* b, int d, real* c, int used, bool add, real* edge)
        where V : struct, ILane<V>
    {
        int width = GemmPacking.PanelWidth;
        for (int i = 0; add && i < rows; i++)
            new Span<real>(c + (i * ResultStride), used).CopyTo(new Span<real>(edge + (i * width), used));
        GemmTile.Run<V>(rows, a, b, d, edge, width, add);
        for (int i = 0; i < rows; i++)
            new Span<real>(edge + (i * width), used).CopyTo(new Span<real>(c + (i * ResultStride), used));
    }
}
