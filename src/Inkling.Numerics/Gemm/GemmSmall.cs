using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// <c>C = S + op(A) · B</c> for products of some thousand multiply-adds: four rows and one register of columns at a time, with neither
/// packing nor copies. Calls and checks are the bound here, so the whole product is one method. The sums are the same chains in the
/// order of k as those of <see cref="GemmTile"/>.
/// </summary>
internal readonly unsafe struct GemmSmall : ILaneKernel
{
    public required int Rows { get; init; }

    public required int Columns { get; init; }

    public required int Depth { get; init; }

    /// <summary>First element of op(A).</summary>
    public required real* Left { get; init; }

    public required nint LeftRowStride { get; init; }

    public required nint LeftDepthStride { get; init; }

    /// <summary>B, not transposed.</summary>
    public required real* Right { get; init; }

    public required nint RightStride { get; init; }

    /// <summary>What the sums start from: C itself, a bias with a stride of 0, or null for zeros.</summary>
    public required real* Start { get; init; }

    public required nint StartStride { get; init; }

    public required real* Result { get; init; }

    public required nint ResultStride { get; init; }

    /// <inheritdoc/>
    [MethodImpl(Jit.Kernel)]
    public void Run<V>()
        where V : struct, ILane<V>
    {
        int j = 0;
        for (; j <= Columns - V.Count; j += V.Count)
            OneRegister<V>(j, V.Count);
        if (j < Columns)
            OneRegister<V>(j, Columns - j);
    }

    /// <summary>All rows of some columns. Where their number is the constant of a full register, the masks vanish.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OneRegister<V>(int j, int count)
        where V : struct, ILane<V>
    {
        int i = 0;
        for (; i <= Rows - 4; i += 4)
            FourRows<V>(i, j, count);
        for (; i < Rows; i++)
            OneRow<V>(i, j, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourRows<V>(int i, int j, int count)
        where V : struct, ILane<V>
    {
        V s0 = default, s1 = default, s2 = default, s3 = default;
        if (Start is not null)
        {
            nint stride = StartStride;
            real* start = Start + (i * stride) + j;
            s0 = V.LoadPartial(start, count);
            s1 = V.LoadPartial(start + stride, count);
            s2 = V.LoadPartial(start + (2 * stride), count);
            s3 = V.LoadPartial(start + (3 * stride), count);
        }

        nint row = LeftRowStride, depth = LeftDepthStride, right = RightStride;
        real* a0 = Left + (i * row), a1 = a0 + row, a2 = a1 + row, a3 = a2 + row;
        real* b = Right + j;
        for (int p = Depth; p > 0; p--)
        {
            V x = V.LoadPartial(b, count);
            s0 = V.MulAdd((V)(*a0), x, s0);
            s1 = V.MulAdd((V)(*a1), x, s1);
            s2 = V.MulAdd((V)(*a2), x, s2);
            s3 = V.MulAdd((V)(*a3), x, s3);
            a0 += depth;
            a1 += depth;
            a2 += depth;
            a3 += depth;
            b += right;
        }

        nint result = ResultStride;
        real* c = Result + (i * result) + j;
        V.StorePartial(s0, c, count);
        V.StorePartial(s1, c + result, count);
        V.StorePartial(s2, c + (2 * result), count);
        V.StorePartial(s3, c + (3 * result), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OneRow<V>(int i, int j, int count)
        where V : struct, ILane<V>
    {
        V sum = Start is null ? default : V.LoadPartial(Start + (i * StartStride) + j, count);
        real* a = Left + (i * LeftRowStride), b = Right + j;
        for (int p = Depth; p > 0; p--, a += LeftDepthStride, b += RightStride)
            sum = V.MulAdd((V)(*a), V.LoadPartial(b, count), sum);
        V.StorePartial(sum, Result + (i * ResultStride) + j, count);
    }
}
