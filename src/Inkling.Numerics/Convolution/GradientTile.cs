using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The innermost part of the gradient of a convolution's weights: for up to 6 taps and two registers of output channels, the sum over places of
/// what the tap read there times the gradient of the result there. The gradients are turned so that channels lie side by side: then no
/// sum runs across a register, and each weight's gradient is one chain of multiply-adds in the order of the places.
/// </summary>
internal unsafe struct GradientTile
{
    /// <summary>Taps of the tallest tile.</summary>
    public const int MaximumRows = 6;

    /// <summary>What the taps read at the first place, before their distances are added.</summary>
    public real* Planes;

    /// <summary>Distances of the taps.</summary>
    public nint* Offsets;

    /// <summary>From one row of the planes to the next.</summary>
    public nint PlaneStride;

    /// <summary>Rows of places, and places in a row.</summary>
    public int Rows, Columns;

    /// <summary>Gradients, [rows × columns, <see cref="GradientStride"/>].</summary>
    public real* Gradients;

    public nint GradientStride;

    /// <summary>Sums, [taps, <see cref="ResultStride"/>]; added to.</summary>
    public real* Result;

    public nint ResultStride;

    /// <summary>The tile for some taps.</summary>
    public readonly void Run<V>(int taps, bool two)
        where V : struct, ILane<V>
    {
        switch (taps)
        {
            case 1:
                Run<V, Rows1>(two);
                break;
            case 2:
                Run<V, Rows2>(two);
                break;
            case 3:
                Run<V, Rows3>(two);
                break;
            case 4:
                Run<V, Rows4>(two);
                break;
            case 5:
                Run<V, Rows5>(two);
                break;
            default:
                Run<V, Rows6>(two);
                break;
        }
    }

    private readonly void Run<V, TRows>(bool two)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
    {
        if (two)
            Run<V, TRows, Rows2>();
        else
            Run<V, TRows, Rows1>();
    }

    [MethodImpl(Jit.Kernel)]
    private readonly void Run<V, TRows, TRegisters>()
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
        where TRegisters : struct, ITileRows
    {
        V s0 = default, t0 = default;
        V s1 = default, t1 = default;
        V s2 = default, t2 = default;
        V s3 = default, t3 = default;
        V s4 = default, t4 = default;
        V s5 = default, t5 = default;
        real* c = Result;
        nint ldc = ResultStride;
        Load<V, TRegisters>(c, ref s0, ref t0);
        if (TRows.Count > 1)
            Load<V, TRegisters>(c + ldc, ref s1, ref t1);
        if (TRows.Count > 2)
            Load<V, TRegisters>(c + (2 * ldc), ref s2, ref t2);
        if (TRows.Count > 3)
            Load<V, TRegisters>(c + (3 * ldc), ref s3, ref t3);
        if (TRows.Count > 4)
            Load<V, TRegisters>(c + (4 * ldc), ref s4, ref t4);
        if (TRows.Count > 5)
            Load<V, TRegisters>(c + (5 * ldc), ref s5, ref t5);

        real* a0 = Planes + Offsets[0];
        nint d1 = TRows.Count > 1 ? Offsets[1] - Offsets[0] : 0, d2 = TRows.Count > 2 ? Offsets[2] - Offsets[0] : 0, d3 = TRows.Count > 3 ? Offsets[3] - Offsets[0] : 0;
        nint d4 = TRows.Count > 4 ? Offsets[4] - Offsets[0] : 0, d5 = TRows.Count > 5 ? Offsets[5] - Offsets[0] : 0;
        real* b = Gradients;
        nint ldb = GradientStride;
        for (int y = Rows; y > 0; y--, a0 += PlaneStride)
        {
            real* a = a0, end = a0 + Columns;
            for (; a < end; a++, b += ldb)
            {
                V b0 = V.Load(b), b1 = TRegisters.Count > 1 ? V.Load(b + V.Count) : default;
                Add<V, TRegisters>((V)a[0], b0, b1, ref s0, ref t0);
                if (TRows.Count > 1)
                    Add<V, TRegisters>((V)a[d1], b0, b1, ref s1, ref t1);
                if (TRows.Count > 2)
                    Add<V, TRegisters>((V)a[d2], b0, b1, ref s2, ref t2);
                if (TRows.Count > 3)
                    Add<V, TRegisters>((V)a[d3], b0, b1, ref s3, ref t3);
                if (TRows.Count > 4)
                    Add<V, TRegisters>((V)a[d4], b0, b1, ref s4, ref t4);
                if (TRows.Count > 5)
                    Add<V, TRegisters>((V)a[d5], b0, b1, ref s5, ref t5);
            }
        }

        Store<V, TRegisters>(s0, t0, c);
        if (TRows.Count > 1)
            Store<V, TRegisters>(s1, t1, c + ldc);
        if (TRows.Count > 2)
            Store<V, TRegisters>(s2, t2, c + (2 * ldc));
        if (TRows.Count > 3)
            Store<V, TRegisters>(s3, t3, c + (3 * ldc));
        if (TRows.Count > 4)
            Store<V, TRegisters>(s4, t4, c + (4 * ldc));
        if (TRows.Count > 5)
            Store<V, TRegisters>(s5, t5, c + (5 * ldc));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V, TRegisters>(V x, V b0, V b1, ref V s, ref V t)
        where V : struct, ILane<V>
        where TRegisters : struct, ITileRows
    {
        V.Accumulate(ref s, x, b0);
        if (TRegisters.Count > 1)
            V.Accumulate(ref t, x, b1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<V, TRegisters>(real* from, ref V s, ref V t)
        where V : struct, ILane<V>
        where TRegisters : struct, ITileRows
    {
        s = V.Load(from);
        if (TRegisters.Count > 1)
            t = V.Load(from + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V, TRegisters>(V s, V t, real* to)
        where V : struct, ILane<V>
        where TRegisters : struct, ITileRows
    {
        V.Store(s, to);
        if (TRegisters.Count > 1)
            V.Store(t, to + V.Count);
    }
}
