using System.Numerics;
using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Matrix products of numbers of every kind: those of 32-bit floating point by the engine below, the others by three loops.</summary>
internal static class MatrixProduct
{
    /// <summary><c>C = op(A) · op(B)</c> or <c>C += op(A) · op(B)</c>, row-major; op(A) is m × k, op(B) k × n.</summary>
    /// <param name="transposeA">Whether A is stored as k × m.</param>
    /// <param name="transposeB">Whether B is stored as n × k.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="a">A.</param>
    /// <param name="lda">Row stride of A as stored.</param>
    /// <param name="b">B.</param>
    /// <param name="ldb">Row stride of B as stored.</param>
    /// <param name="c">C.</param>
    /// <param name="ldc">Row stride of C.</param>
    /// <param name="accumulate">Whether the product is added to C.</param>
    public static void Multiply<T>(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b, int ldb, Span<T> c, int ldc, bool accumulate = false)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            Gemm.Multiply(
                transposeA, transposeB, m, n, k, MemoryMarshal.Cast<T, float>(a), lda, MemoryMarshal.Cast<T, float>(b), ldb, MemoryMarshal.Cast<T, float>(c), ldc, accumulate, Team.Shared);
            return;
        }

        for (int i = 0; i < m; i++)
        {
            Span<T> row = c.Slice(i * ldc, n);
            if (!accumulate)
                row.Clear();
            for (int p = 0; p < k; p++)
            {
                T left = a[transposeA ? (p * lda) + i : (i * lda) + p];
                for (int j = 0; j < row.Length; j++)
                    row[j] += left * b[transposeB ? (j * ldb) + p : (p * ldb) + j];
            }
        }
    }
}
