using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The innermost part of the matrix product. With 32 registers of 512 bits, and both operands packed, a tile of up to 14 rows and two registers of columns is
/// kept in registers while k runs: 14 × 2 sums, two registers of B and one element of A fill them; each step of k then does 28 fused
/// multiply-adds for two loads of B and 14 broadcasts of A, so the multiply units are the bound, not the loads. Everything else is the work of
/// <see cref="ShortTile"/>. Each element of C is one chain of multiply-adds in the order of k, whatever the tile, its place in it, the lane
/// width or the blocking, so results agree in every bit.
/// </summary>
internal static unsafe partial class GemmTile
{
    /// <summary>Rows of the tallest tile of packed operands that the registers hold.</summary>
    public static int MaximumRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Lanes.Bits == 512 ? 14 : ShortTile.MaximumRows;
    }

    /// <summary>One tile whose height the compiler knows: conditions on it are decided when the method is compiled.</summary>
    [MethodImpl(Jit.Kernel)]
    private static void Run<V, TRows>(real* a, real* b, int k, real* c, nint ldc, bool accumulate)
        where V : struct, ILane<V>
        where TRows : struct, ITileRows
    {
        V s0 = default, t0 = default;
        V s1 = default, t1 = default;
        V s2 = default, t2 = default;
        V s3 = default, t3 = default;
        V s4 = default, t4 = default;
        V s5 = default, t5 = default;
        V s6 = default, t6 = default;
        V s7 = default, t7 = default;
        V s8 = default, t8 = default;
        V s9 = default, t9 = default;
        V s10 = default, t10 = default;
        V s11 = default, t11 = default;
        V s12 = default, t12 = default;
        V s13 = default, t13 = default;
        if (accumulate)
        {
            real* row = c;
            if (TRows.Count > 0)
            {
                s0 = V.Load(row);
                t0 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 1)
            {
                s1 = V.Load(row);
                t1 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 2)
            {
                s2 = V.Load(row);
                t2 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 3)
            {
                s3 = V.Load(row);
                t3 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 4)
            {
                s4 = V.Load(row);
                t4 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 5)
            {
                s5 = V.Load(row);
                t5 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 6)
            {
                s6 = V.Load(row);
                t6 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 7)
            {
                s7 = V.Load(row);
                t7 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 8)
            {
                s8 = V.Load(row);
                t8 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 9)
            {
                s9 = V.Load(row);
                t9 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 10)
            {
                s10 = V.Load(row);
                t10 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 11)
            {
                s11 = V.Load(row);
                t11 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 12)
            {
                s12 = V.Load(row);
                t12 = V.Load(row + V.Count);
                row += ldc;
            }

            if (TRows.Count > 13)
            {
                s13 = V.Load(row);
                t13 = V.Load(row + V.Count);
                row += ldc;
            }
        }

        for (; k > 0; k--)
        {
            V b0 = V.Load(b), b1 = V.Load(b + V.Count);
            if (TRows.Count > 0)
            {
                V x = (V)a[0];
                V.Accumulate(ref s0, x, b0);
                V.Accumulate(ref t0, x, b1);
            }

            if (TRows.Count > 1)
            {
                V x = (V)a[1];
                V.Accumulate(ref s1, x, b0);
                V.Accumulate(ref t1, x, b1);
            }

            if (TRows.Count > 2)
            {
                V x = (V)a[2];
                V.Accumulate(ref s2, x, b0);
                V.Accumulate(ref t2, x, b1);
            }

            if (TRows.Count > 3)
            {
                V x = (V)a[3];
                V.Accumulate(ref s3, x, b0);
                V.Accumulate(ref t3, x, b1);
            }

            if (TRows.Count > 4)
            {
                V x = (V)a[4];
                V.Accumulate(ref s4, x, b0);
                V.Accumulate(ref t4, x, b1);
            }

            if (TRows.Count > 5)
            {
                V x = (V)a[5];
                V.Accumulate(ref s5, x, b0);
                V.Accumulate(ref t5, x, b1);
            }

            if (TRows.Count > 6)
            {
                V x = (V)a[6];
                V.Accumulate(ref s6, x, b0);
                V.Accumulate(ref t6, x, b1);
            }

            if (TRows.Count > 7)
            {
                V x = (V)a[7];
                V.Accumulate(ref s7, x, b0);
                V.Accumulate(ref t7, x, b1);
            }

            if (TRows.Count > 8)
            {
                V x = (V)a[8];
                V.Accumulate(ref s8, x, b0);
                V.Accumulate(ref t8, x, b1);
            }

            if (TRows.Count > 9)
            {
                V x = (V)a[9];
                V.Accumulate(ref s9, x, b0);
                V.Accumulate(ref t9, x, b1);
            }

            if (TRows.Count > 10)
            {
                V x = (V)a[10];
                V.Accumulate(ref s10, x, b0);
                V.Accumulate(ref t10, x, b1);
            }

            if (TRows.Count > 11)
            {
                V x = (V)a[11];
                V.Accumulate(ref s11, x, b0);
                V.Accumulate(ref t11, x, b1);
            }

            if (TRows.Count > 12)
            {
                V x = (V)a[12];
                V.Accumulate(ref s12, x, b0);
                V.Accumulate(ref t12, x, b1);
            }

            if (TRows.Count > 13)
            {
                V x = (V)a[13];
                V.Accumulate(ref s13, x, b0);
                V.Accumulate(ref t13, x, b1);
            }

            a += TRows.Count;
            b += 2 * V.Count;
        }

        if (TRows.Count > 0)
        {
            V.Store(s0, c);
            V.Store(t0, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 1)
        {
            V.Store(s1, c);
            V.Store(t1, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 2)
        {
            V.Store(s2, c);
            V.Store(t2, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 3)
        {
            V.Store(s3, c);
            V.Store(t3, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 4)
        {
            V.Store(s4, c);
            V.Store(t4, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 5)
        {
            V.Store(s5, c);
            V.Store(t5, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 6)
        {
            V.Store(s6, c);
            V.Store(t6, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 7)
        {
            V.Store(s7, c);
            V.Store(t7, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 8)
        {
            V.Store(s8, c);
            V.Store(t8, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 9)
        {
            V.Store(s9, c);
            V.Store(t9, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 10)
        {
            V.Store(s10, c);
            V.Store(t10, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 11)
        {
            V.Store(s11, c);
            V.Store(t11, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 12)
        {
            V.Store(s12, c);
            V.Store(t12, c + V.Count);
            c += ldc;
        }

        if (TRows.Count > 13)
        {
            V.Store(s13, c);
            V.Store(t13, c + V.Count);
            c += ldc;
        }
    }
}
