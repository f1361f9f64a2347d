using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The innermost part of a convolution: up to 6 channels of results times two registers of columns are kept in registers while the taps
/// run, as in <see cref="ShortTile"/>; but the two registers may lie anywhere in the planes, in two rows of a narrow image, and each tap has a distance of
/// its own. Each result is one chain of multiply-adds in the order of the taps, from the bias on, whatever the tile.
/// </summary>
internal unsafe struct ConvolutionTile
{
    /// <summary>Channels of the tallest tile.</summary>
    public const int MaximumRows = 6;

    /// <summary>Weights, [taps, rows].</summary>
    public real* A;

    public nint* Offsets;

    public int Taps;

    public real* Planes;

    public TapSegment* Segments;

    public int SegmentCount;

    /// <summary>The first channel of results.</summary>
    public real* Result;

    /// <summary>From one channel of results to the next.</summary>
    public nint ResultStride;

    /// <summary>What each channel's sums start from; null for zero.</summary>
    public real* Bias;

    /// <summary>Whether the sums start from the results instead.</summary>
    public bool Accumulate;

    /// <summary>The tile at all segments.</summary>
    public readonly void Run<V>(int rows)
        where V : struct, ILane<V>
    {
        switch (rows)
        {
            case 1:
                Run<V, Rows1>();
                break;
            case 2:
                Run<V, Rows2>();
                break;
            case 3:
                Run<V, Rows3>();
                break;
            case 4:
                Run<V, Rows4>();
                break;
            case 5:
                Run<V, Rows5>();
                break;
            default:
                Run<V, Rows6>();
                break;
        }
    }

    [MethodImpl(Jit.Kernel)]
    private readonly void Run<V, TRows>()
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
    {
        for (int i = 0; i < SegmentCount; i += 2)
        {
            TapSegment* first = Segments + i, second = i + 1 < SegmentCount ? first + 1 : first;
            int secondCount = second == first ? 0 : second->Count;
            RunPair<V, TRows>(first->In, second->In - first->In, first->Out, first->Count, second->Out, secondCount);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private readonly void RunPair<V, TRows>(nint planes, nint between, nint out0, int count0, nint out1, int count1)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
    {
        V s0 = default, t0 = default;
        V s1 = default, t1 = default;
        V s2 = default, t2 = default;
        V s3 = default, t3 = default;
        V s4 = default, t4 = default;
        V s5 = default, t5 = default;
        Start(0, out0, count0, out1, count1, ref s0, ref t0);
        if (TRows.Count > 1)
            Start(1, out0, count0, out1, count1, ref s1, ref t1);
        if (TRows.Count > 2)
            Start(2, out0, count0, out1, count1, ref s2, ref t2);
        if (TRows.Count > 3)
            Start(3, out0, count0, out1, count1, ref s3, ref t3);
        if (TRows.Count > 4)
            Start(4, out0, count0, out1, count1, ref s4, ref t4);
        if (TRows.Count > 5)
            Start(5, out0, count0, out1, count1, ref s5, ref t5);

        real* a = A, b = Planes + planes;
        nint* offset = Offsets;
        int k = Taps;
        for (; k >= 2; k -= 2)
        {
            Step<V, TRows>(a, b + offset[0], between, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            Step<V, TRows>(a + TRows.Count, b + offset[1], between, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);
            a += 2 * TRows.Count;
            offset += 2;
        }

        if (k > 0)
            Step<V, TRows>(a, b + offset[0], between, ref s0, ref t0, ref s1, ref t1, ref s2, ref t2, ref s3, ref t3, ref s4, ref t4, ref s5, ref t5);

        Store(0, out0, count0, out1, count1, s0, t0);
        if (TRows.Count > 1)
            Store(1, out0, count0, out1, count1, s1, t1);
        if (TRows.Count > 2)
            Store(2, out0, count0, out1, count1, s2, t2);
        if (TRows.Count > 3)
            Store(3, out0, count0, out1, count1, s3, t3);
        if (TRows.Count > 4)
            Store(4, out0, count0, out1, count1, s4, t4);
        if (TRows.Count > 5)
            Store(5, out0, count0, out1, count1, s5, t5);
    }

    /// <summary>One tap: a register at each of two places times one weight for each row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, TRows>(
        real* a, real* b, nint between,
        ref V s0, ref V t0,
        ref V s1, ref V t1,
        ref V s2, ref V t2,
        ref V s3, ref V t3,
        ref V s4, ref V t4,
        ref V s5, ref V t5)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
    {
        V b0 = V.Load(b), b1 = V.Load(b + between);
        Add((V)a[0], b0, b1, ref s0, ref t0);
        if (TRows.Count > 1)
            Add((V)a[1], b0, b1, ref s1, ref t1);
        if (TRows.Count > 2)
            Add((V)a[2], b0, b1, ref s2, ref t2);
        if (TRows.Count > 3)
            Add((V)a[3], b0, b1, ref s3, ref t3);
        if (TRows.Count > 4)
            Add((V)a[4], b0, b1, ref s4, ref t4);
        if (TRows.Count > 5)
            Add((V)a[5], b0, b1, ref s5, ref t5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V>(V x, V b0, V b1, ref V s, ref V t)
        where V : struct, ILane<V>
    {
        V.Accumulate(ref s, x, b0);
        V.Accumulate(ref t, x, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Start<V>(int row, nint out0, int count0, nint out1, int count1, ref V s, ref V t)
        where V : struct, ILane<V>
    {
        if (Accumulate)
        {
            s = V.LoadPartial(Result + (row * ResultStride) + out0, count0);
            t = V.LoadPartial(Result + (row * ResultStride) + out1, count1);
        }
        else if (Bias is not null)
        {
            s = (V)Bias[row];
            t = s;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<V>(int row, nint out0, int count0, nint out1, int count1, V s, V t)
        where V : struct, ILane<V>
    {
        V.StorePartial(s, Result + (row * ResultStride) + out0, count0);
        V.StorePartial(t, Result + (row * ResultStride) + out1, count1);
    }
}
