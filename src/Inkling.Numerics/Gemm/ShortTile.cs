using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The innermost part of the matrix product for processors with 16 registers: a tile of up to 6 rows and two registers of columns is kept
/// in registers while k runs. 6 × 2 sums, two registers of B and one element of A fill 15 of the 16; each step of k does 12 fused
/// multiply-adds (6 cycles of two units) for 8 loads (4 cycles), so the multiply units are the bound. Four steps are unrolled: the loop
/// then asks for some 24 instructions in 6 cycles, which leaves the front end slack when a neighbour shares the core.
/// A and B may be packed or stand where they are (see <see cref="TileOperands"/>). Each element of C is one chain of multiply-adds in the order of k, whatever the
/// tile, its place in it, the lane width or the blocking, so results agree in every bit.
/// </summary>
internal static unsafe class ShortTile
{
    /// <summary>Rows of the tallest tile.</summary>
    public const int MaximumRows = 6;

    /// <summary>One tile.</summary>
    [MethodImpl(Jit.Kernel)]
    public static void Run<V>(in TileOperands tile)
        where V : struct, ILane<V>
    {
        switch (tile.Rows)
        {
            case 1:
                Run<V, Rows1>(tile);
                break;
            case 2:
                Run<V, Rows2>(tile);
                break;
            case 3:
                Run<V, Rows3>(tile);
                break;
            case 4:
                Run<V, Rows4>(tile);
                break;
            case 5:
                Run<V, Rows5>(tile);
                break;
            default:
                Run<V, Rows6>(tile);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<V, TRows>(in TileOperands tile)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
    {
        if (tile.Columns == 2 * V.Count)
            Run<V, TRows, Whole>(tile);
        else if (tile.Columns > V.Count)
            Run<V, TRows, Ragged>(tile);
        else
            Run<V, TRows, Narrow>(tile);
    }

    /// <summary>One tile whose height and kind of width the compiler knows: conditions on them are decided when the method is compiled.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Run<V, TRows, TColumns>(in TileOperands tile)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        V s0 = default, t0 = default;
        V s1 = default, t1 = default;
        V s2 = default, t2 = default;
        V s3 = default, t3 = default;
        V s4 = default, t4 = default;
        V s5 = default, t5 = default;
        int used = TColumns.Two ? tile.Columns - V.Count : tile.Columns;
        nint row = tile.CRow;
        real* c = tile.C;
        if (tile.Accumulate)
        {
            Load<V, TColumns>(c, used, ref s0, ref t0);
            if (TRows.Count > 1)
                Load<V, TColumns>(c + (1 * row), used, ref s1, ref t1);
            if (TRows.Count > 2)
                Load<V, TColumns>(c + (2 * row), used, ref s2, ref t2);
            if (TRows.Count > 3)
                Load<V, TColumns>(c + (3 * row), used, ref s3, ref t3);
            if (TRows.Count > 4)
                Load<V, TColumns>(c + (4 * row), used, ref s4, ref t4);
            if (TRows.Count > 5)
                Load<V, TColumns>(c + (5 * row), used, ref s5, ref t5);
        }

        real* a = tile.A, b = tile.B;
        nint ra = tile.ARow, da = tile.ADepth, db = tile.BDepth;
        real* a3 = a + (3 * ra);
        int k = tile.Depth;
        for (; k >= 4; k -= 4)
        {
            Step<V, TRows, TColumns>(a, a3, ra, b, used, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            a += da;
            a3 += da;
            b += db;
            Step<V, TRows, TColumns>(a, a3, ra, b, used, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            a += da;
            a3 += da;
            b += db;
            Step<V, TRows, TColumns>(a, a3, ra, b, used, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            a += da;
            a3 += da;
            b += db;
            Step<V, TRows, TColumns>(a, a3, ra, b, used, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            a += da;
            a3 += da;
            b += db;
        }

        for (; k > 0; k--)
        {
            Step<V, TRows, TColumns>(a, a3, ra, b, used, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            a += da;
            a3 += da;
            b += db;
        }

        Store<V, TColumns>(s0, t0, c, used);
        if (TRows.Count > 1)
            Store<V, TColumns>(s1, t1, c + (1 * row), used);
        if (TRows.Count > 2)
            Store<V, TColumns>(s2, t2, c + (2 * row), used);
        if (TRows.Count > 3)
            Store<V, TColumns>(s3, t3, c + (3 * row), used);
        if (TRows.Count > 4)
            Store<V, TColumns>(s4, t4, c + (4 * row), used);
        if (TRows.Count > 5)
            Store<V, TColumns>(s5, t5, c + (5 * row), used);
    }

    /// <summary>One step of k: a row of B times one element of A for each row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, TRows, TColumns>(
        real* a, real* a3, nint row, real* b, int used,
        ref V s0, ref V t0,
        ref V s1, ref V t1,
        ref V s2, ref V t2,
        ref V s3, ref V t3,
        ref V s4, ref V t4,
        ref V s5, ref V t5)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
        where TColumns : struct, ITileColumns
    {
        V b0 = default, b1 = default;
        Load<V, TColumns>(b, used, ref b0, ref b1);
        Add<V, TColumns>((V)a[0], b0, b1, ref s0, ref t0);
        if (TRows.Count > 1)
            Add<V, TColumns>((V)a[row], b0, b1, ref s1, ref t1);
        if (TRows.Count > 2)
            Add<V, TColumns>((V)a[2 * row], b0, b1, ref s2, ref t2);
        if (TRows.Count > 3)
            Add<V, TColumns>((V)a3[0], b0, b1, ref s3, ref t3);
        if (TRows.Count > 4)
            Add<V, TColumns>((V)a3[row], b0, b1, ref s4, ref t4);
        if (TRows.Count > 5)
            Add<V, TColumns>((V)a3[2 * row], b0, b1, ref s5, ref t5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V, TColumns>(V x, V b0, V b1, ref V s, ref V t)
        where V : struct, ILane<V>
        where TColumns : struct, ITileColumns
    {
        V.Accumulate(ref s, x, b0);
        if (TColumns.Two)
            V.Accumulate(ref t, x, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<V, TColumns>(real* from, int used, ref V first, ref V second)
        where V : struct, ILane<V>
        where TColumns : struct, ITileColumns
    {
        first = TColumns.Two ? V.Load(from) : V.LoadPartial(from, used);
        if (TColumns.Two)
            second = TColumns.Whole ? V.Load(from + V.Count) : V.LoadPartial(from + V.Count, used);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V, TColumns>(V first, V second, real* to, int used)
        where V : struct, ILane<V>
        where TColumns : struct, ITileColumns
    {
        if (TColumns.Two)
            V.Store(first, to);
        else
            V.StorePartial(first, to, used);
        if (!TColumns.Two)
            return;
        if (TColumns.Whole)
            V.Store(second, to + V.Count);
        else
            V.StorePartial(second, to + V.Count, used);
    }

    /// <summary>How much of two registers of columns is used, as a type.</summary>
    private interface ITileColumns
    {
        /// <summary>Whether the second register is used.</summary>
        static abstract bool Two { get; }

        /// <summary>Whether both are used in full.</summary>
        static abstract bool Whole { get; }
    }

    private readonly struct Whole : ITileColumns
    {
        public static bool Two => true;

        static bool ITileColumns.Whole => true;
    }

    private readonly struct Ragged : ITileColumns
    {
        public static bool Two => true;

        static bool ITileColumns.Whole => false;
    }

    private readonly struct Narrow : ITileColumns
    {
        public static bool Two => false;

        static bool ITileColumns.Whole => false;
    }
}
