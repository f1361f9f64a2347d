using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// The innermost part of the matrix product: a tile of up to 14 rows and two registers of columns is kept in registers while k runs.
/// With 32 registers of 512 bits, 14 × 2 sums, two registers of B and one element of A fill them; each step of k then does 28 fused
/// multiply-adds for two loads of B and 14 broadcasts of A, so the multiply units are the bound, not the loads. With 16 registers the
/// tile has 6 rows. Each element of C is one chain of multiply-adds in the order of k, whatever the tile, its place in it, the lane
/// width or the blocking, so results agree in every bit.
/// </summary>
internal static unsafe partial class GemmTile
{
    /// <summary>Rows of the tallest tile that the registers hold.</summary>
    public static int MaximumRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Lanes.Bits == 512 ? 14 : 6;
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
                s0 = V.MulAdd(x, b0, s0);
                t0 = V.MulAdd(x, b1, t0);
            }

            if (TRows.Count > 1)
            {
                V x = (V)a[1];
                s1 = V.MulAdd(x, b0, s1);
                t1 = V.MulAdd(x, b1, t1);
            }

            if (TRows.Count > 2)
            {
                V x = (V)a[2];
                s2 = V.MulAdd(x, b0, s2);
                t2 = V.MulAdd(x, b1, t2);
            }

            if (TRows.Count > 3)
            {
                V x = (V)a[3];
                s3 = V.MulAdd(x, b0, s3);
                t3 = V.MulAdd(x, b1, t3);
            }

            if (TRows.Count > 4)
            {
                V x = (V)a[4];
                s4 = V.MulAdd(x, b0, s4);
                t4 = V.MulAdd(x, b1, t4);
            }

            if (TRows.Count > 5)
            {
                V x = (V)a[5];
                s5 = V.MulAdd(x, b0, s5);
                t5 = V.MulAdd(x, b1, t5);
            }

            if (TRows.Count > 6)
            {
                V x = (V)a[6];
                s6 = V.MulAdd(x, b0, s6);
                t6 = V.MulAdd(x, b1, t6);
            }

            if (TRows.Count > 7)
            {
                V x = (V)a[7];
                s7 = V.MulAdd(x, b0, s7);
                t7 = V.MulAdd(x, b1, t7);
            }

            if (TRows.Count > 8)
            {
                V x = (V)a[8];
                s8 = V.MulAdd(x, b0, s8);
                t8 = V.MulAdd(x, b1, t8);
            }

            if (TRows.Count > 9)
            {
                V x = (V)a[9];
                s9 = V.MulAdd(x, b0, s9);
                t9 = V.MulAdd(x, b1, t9);
            }

            if (TRows.Count > 10)
            {
                V x = (V)a[10];
                s10 = V.MulAdd(x, b0, s10);
                t10 = V.MulAdd(x, b1, t10);
            }

            if (TRows.Count > 11)
            {
                V x = (V)a[11];
                s11 = V.MulAdd(x, b0, s11);
                t11 = V.MulAdd(x, b1, t11);
            }

            if (TRows.Count > 12)
            {
                V x = (V)a[12];
                s12 = V.MulAdd(x, b0, s12);
                t12 = V.MulAdd(x, b1, t12);
            }

            if (TRows.Count > 13)
            {
                V x = (V)a[13];
                s13 = V.MulAdd(x, b0, s13);
                t13 = V.MulAdd(x, b1, t13);
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
