using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// One thread's share of a matrix product: rows and columns of C, with the blocking for the caches. k is cut into blocks so that a panel of B
/// (at most 384 × 16 floats, 24 KB) and a tile of A stay in the first-level cache, and a block of A in the second. An operand is copied into the order in which the
/// tiles read it only where that pays: the copy costs its elements once, and saves where tiles read them often or from scattered lines.
/// </summary>
internal readonly unsafe struct GemmBlocks : ILaneKernel
{
    /// <summary>The longest block of k for tiles of 14 rows, and for those of 6.</summary>
    private const int MaximumDepthTall = 512, MaximumDepthShort = 384;

    /// <summary>Rows of A packed at a time: twelve tiles of 14, or 28 of 6.</summary>
    private const int MaximumHeight = 168;

    /// <summary>Columns of B packed at a time when several blocks of rows will read them: a small part of the third-level cache.</summary>
    private const int MaximumWidth = 1024;

    /// <summary>Elements of B packed at a time when one block of rows reads them.</summary>
    private const int PackedAtOnce = 4096;

    /// <summary>Panels of B up to which tiles read A where it stands.</summary>
    private const int FewPanels = 4;

    /// <summary>Elements of B, with what lies between its rows, that stay in the first-level cache while tiles read them where they stand.</summary>
    private const int SmallRight = 6144;

    /// <summary>Rows of C up to which B is read where it stands.</summary>
    private const int FewRows = 12;

    /// <summary>Rows of B that are read at a time where they stand; half as many when several tiles read them, as a set of the first-level cache holds eight lines.</summary>
    private const int StreamedDepth = 16;

    /// <summary>Columns of C that stay in the first-level cache while blocks of k are added to them.</summary>
    private const int StreamedWidth = 512;

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

    private static int MaximumDepth => Lanes.Bits == 512 ? MaximumDepthTall : MaximumDepthShort;

    /// <inheritdoc/>
    public void Run<V>()
        where V : struct, ILane<V>
    {
        if (Depth == 0)
            Clear();
        else if (!RightIsPacked && !RightIsTransposed && (Rows <= FewRows || Depth <= StreamedDepth))
            RunStreamed<V>();
        else
            RunDepths<V>();
    }

    private void Clear()
    {
        for (int i = 0; !Accumulate && i < Rows; i++)
            new Span<real>(Result + (i * ResultStride), Columns).Clear();
    }

    /// <summary>
    /// B is used once or twice: its rows are read in order, some at a time and all columns before the next, and never copied.
    /// </summary>
    [MethodImpl(Jit.Kernel)]
    private void RunStreamed<V>()
        where V : struct, ILane<V>
    {
        int depth = Rows <= ShortTile.MaximumRows || Depth <= StreamedDepth ? StreamedDepth : StreamedDepth / 2;
        for (int j = 0; j < Columns; j += StreamedWidth)
        {
            int columns = int.Min(StreamedWidth, Columns - j);
            for (int p = 0; p < Depth; p += depth)
            {
                int d = int.Min(depth, Depth - p);
                var block = new Block(this, p, d, j, columns) { B = Right + (p * RightStride) + j, BDepth = RightStride, BPanel = GemmPacking.PanelWidth };
                RunTiles<V>(block, 0, Rows, null);
            }
        }
    }

    [MethodImpl(Jit.Kernel)]
    private void RunDepths<V>()
        where V : struct, ILane<V>
    {
        int width = GemmPacking.PanelWidth;
        int blocks = (Depth + MaximumDepth - 1) / MaximumDepth;
        int depth = (Depth + blocks - 1) / blocks;
        bool small = !RightIsPacked && !RightIsTransposed && (long)depth * RightStride <= SmallRight;
        // With one block of rows a panel is used up at once: pack what stays in the first-level cache.
        int columns = RightIsPacked || small ? Columns : Rows > MaximumHeight ? MaximumWidth : int.Max(1, PackedAtOnce / (depth * width)) * width;
        for (int p = 0; p < Depth; p += depth)
        {
            int d = int.Min(depth, Depth - p);
            for (int j = 0; j < Columns; j += columns)
            {
                var block = new Block(this, p, d, j, int.Min(columns, Columns - j));
                if (small)
                    block = block with { B = Right + (p * RightStride) + j, BDepth = RightStride, BPanel = width };
                else if (RightIsPacked)
                    block = block with { B = Right + ((nint)p * width), BDepth = width, BPanel = (nint)Depth * width, IsPacked = true };
                else
                    block = block with { B = PackRight<V>(block), BDepth = width, BPanel = (nint)d * width, IsPacked = true };
                RunRows<V>(block, leftIsPacked: Rows <= MaximumHeight && j > 0);
            }
        }
    }

    private real* PackRight<V>(in Block block)
        where V : struct, ILane<V>
    {
        int width = GemmPacking.PanelWidth;
        real* packed = Scratch.Rent(Scratch.Slot.Right, block.Depth * ((block.Columns + width - 1) / width * width));
        real* b = Right + (RightIsTransposed ? block.FirstDepth : block.FirstDepth * RightStride);
        GemmPacking.PackRight<V>(RightIsTransposed, block.Depth, block.FirstColumn, block.Columns, b, RightStride, packed);
        return packed;
    }

    /// <summary>All rows against some columns, for one block of k.</summary>
    [MethodImpl(Jit.Kernel)]
    private void RunRows<V>(in Block block, bool leftIsPacked)
        where V : struct, ILane<V>
    {
        bool direct = Columns <= FewPanels * GemmPacking.PanelWidth && LeftDepthStride == 1;
        real* left = direct ? null : Scratch.Rent(Scratch.Slot.Left, (MaximumHeight * MaximumDepth) + GemmPacking.Slack);
        for (int i = 0; i < Rows; i += MaximumHeight)
        {
            int height = int.Min(MaximumHeight, Rows - i);
            if (!direct && !leftIsPacked)
                PackRows<V>(block, i, height, left);
            RunTiles<V>(block, i, height, left);
        }
    }

    /// <summary>Tiles of nearly equal height: 32 rows are 11 + 11 + 10, not 14 + 14 + 4.</summary>
    private static int Tiles(int height, bool bothPacked)
    {
        int tallest = bothPacked ? GemmTile.MaximumRows : ShortTile.MaximumRows;
        return (height + tallest - 1) / tallest;
    }

    private void PackRows<V>(in Block block, int i0, int height, real* left)
        where V : struct, ILane<V>
    {
        int tiles = Tiles(height, block.IsPacked);
        for (int t = 0; t < tiles; t++)
        {
            int i = height * t / tiles;
            int rows = (height * (t + 1) / tiles) - i;
            real* a = Left + ((i0 + i) * LeftRowStride) + (block.FirstDepth * LeftDepthStride);
            GemmPacking.PackLeft<V>(rows, block.Depth, a, LeftRowStride, LeftDepthStride, left + ((nint)i * block.Depth));
        }
    }

    /// <summary>Some rows against some columns: panel by panel, so that one stays in the first-level cache for all tiles.</summary>
    [MethodImpl(Jit.Kernel)]
    private void RunTiles<V>(in Block block, int i0, int height, real* packed)
        where V : struct, ILane<V>
    {
        int width = GemmPacking.PanelWidth, tiles = Tiles(height, packed is not null && block.IsPacked);
        var tile = new TileOperands { BDepth = block.BDepth, Depth = block.Depth, CRow = ResultStride, Accumulate = block.Add, IsPacked = packed is not null && block.IsPacked };
        for (int j = 0; j < block.Columns; j += width)
        {
            tile.B = block.B + (j / width * block.BPanel);
            tile.Columns = int.Min(width, block.Columns - j);
            for (int t = 0; t < tiles; t++)
            {
                int i = height * t / tiles;
                tile.Rows = (height * (t + 1) / tiles) - i;
                tile.A = packed is not null ? packed + ((nint)i * block.Depth) : Left + ((i0 + i) * LeftRowStride) + (block.FirstDepth * LeftDepthStride);
                tile.ARow = packed is not null ? 1 : LeftRowStride;
                tile.ADepth = packed is not null ? tile.Rows : LeftDepthStride;
                tile.C = Result + ((i0 + i) * ResultStride) + block.FirstColumn + j;
                GemmTile.Run<V>(tile);
            }
        }
    }

    /// <summary>Some columns and one block of k, and where B for them is.</summary>
    private readonly struct Block(in GemmBlocks product, int p, int depth, int column, int columns)
    {
        public int FirstDepth { get; } = p;

        public int Depth { get; } = depth;

        public int FirstColumn { get; } = column;

        public int Columns { get; } = columns;

        public bool Add { get; } = product.Accumulate || p > 0;

        public real* B { get; init; }

        public nint BDepth { get; init; }

        public bool IsPacked { get; init; }

        /// <summary>From one panel to the next.</summary>
        public nint BPanel { get; init; }
    }
}
