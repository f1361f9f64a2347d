using System.Numerics;
using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>A right operand op(B), k × n, that many products share: for 32-bit floating point it is laid out for the engine once.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed class SharedRight<T>
    where T : unmanaged, INumber<T>
{
    private readonly T[] _matrix;
    private readonly bool _transposed;
    private readonly int _depth;
    private readonly int _columns;
    private readonly float[]? _packed;

    /// <summary>Prepares op(B).</summary>
    /// <param name="matrix">B, without gaps.</param>
    /// <param name="transposed">Whether B is stored as n × k.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="n">Columns of the result.</param>
    public SharedRight(T[] matrix, bool transposed, int k, int n)
    {
        (_matrix, _transposed, _depth, _columns) = (matrix, transposed, k, n);
        if (typeof(T) == typeof(float) && k > 0 && n > 0)
        {
            _packed = new float[Gemm.PackedLength(k, n)];
            Gemm.Pack(transposed, k, n, MemoryMarshal.Cast<T, float>(matrix), transposed ? k : n, _packed);
        }
    }

    /// <summary><c>C += A · op(B)</c>; A is m × k without gaps.</summary>
    public void AddProduct(int m, ReadOnlySpan<T> a, Span<T> c, int ldc)
    {
        if (_packed is null)
            MatrixProduct.Multiply(false, _transposed, m, _columns, _depth, a, _depth, _matrix, _transposed ? _depth : _columns, c, ldc, accumulate: true);
        else
            Gemm.MultiplyPacked(m, _columns, _depth, MemoryMarshal.Cast<T, float>(a), _depth, _packed, MemoryMarshal.Cast<T, float>(c), ldc, accumulate: true, Team.Shared);
    }
}
