using System.Runtime.InteropServices;

namespace Inkling.Numerics;

/// <summary>
/// A matrix of outputs × inputs in 8 bits with a scale for each row: <c>W[i, j] ≈ scale[i] · value[i, j]</c>, values in [−127, 127].
/// A product quantises the vector too, to 8 bits with one step a call (<see cref="QuantizedVector"/>). Integers are summed exactly: every
/// processor, thread count and batch gives the same bits. The bytes of the weights are the bound; a batch reads them once.
/// </summary>
/// <remarks>
/// What 8 bits cost: bits per character of held-out mail, LSTM of 640 cells, 1.60874 with float32 weights, 1.60874 with 8-bit weights and
/// 16-bit vectors, 1.60873 with both in 8 bits (7: 1.60896, 6: 1.60911).
/// </remarks>
internal sealed class QuantizedMatrix
{
    /// <summary>Multiply-adds from which a second thread pays.</summary>
    private const long SharedWork = 1 << 21;

    private readonly Slab _memory;
    private readonly float[] _scales;

    /// <summary>Copies values, [rows, columns] in [−127, 127], and scales, [rows], as read from a file.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit the shape, or a value is −128.</exception>
    public QuantizedMatrix(ReadOnlySpan<sbyte> values, ReadOnlySpan<float> scales, int rows, int columns)
        : this(rows, columns)
    {
        Check.Same(values.Length, checked(rows * columns), "QuantizedMatrix", "the values");
        Check.Same(scales.Length, rows, "QuantizedMatrix", "the scales");
        if (values.Contains(sbyte.MinValue))
            throw new ArgumentException("QuantizedMatrix: a value is −128; values lie in [−127, 127]. Is the file damaged?");
        values.CopyTo(Bytes);
        scales.CopyTo(_scales);
    }

    private QuantizedMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        // Kernels read whole registers, beyond the last row too.
        _memory = new Slab((checked((rows * columns) + QuantizedVector.Widest) + sizeof(float) - 1) / sizeof(float));
        _scales = new float[rows];
    }

    /// <summary>Outputs.</summary>
    public int Rows { get; }

    /// <summary>Inputs.</summary>
    public int Columns { get; }

    /// <summary>[Rows, Columns], row-major.</summary>
    public ReadOnlySpan<sbyte> Values => Bytes;

    /// <summary>[Rows].</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>
    /// The largest magnitude to which an element of x is quantised: 127, less where 128 · limit · columns would not fit an int.
    /// </summary>
    internal int VectorLimit => (int)long.Min(sbyte.MaxValue, int.MaxValue / (128L * Columns));

    private Span<sbyte> Bytes => MemoryMarshal.Cast<float, sbyte>(_memory.Span)[..(Rows * Columns)];

    /// <summary>
    /// Quantises a matrix: each row by its largest magnitude, to the nearest step, ties to even. A row of zeros has scale 0.
    /// </summary>
    /// <exception cref="ArgumentException">An element is ∞ or NaN, or the length does not fit the shape.</exception>
    public static QuantizedMatrix Quantize(ReadOnlySpan<float> w, int rows, int columns)
    {
        Check.Same(w.Length, checked(rows * columns), "QuantizedMatrix", "W");
        var matrix = new QuantizedMatrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = w.Slice(i * columns, columns);
            float largest = Reduce.MaxMagnitude(row);
            if (!float.IsFinite(largest))
                throw new ArgumentException($"QuantizedMatrix: row {i} of W has an element that is ∞ or NaN. Did training diverge?");
            if (largest == 0)
                continue;
            Span<sbyte> values = matrix.Bytes.Slice(i * columns, columns);
            matrix._scales[i] = largest / 127;
            // Division, not the inverse: the inverse of a subnormal magnitude is ∞.
            for (int j = 0; j < columns; j++)
                values[j] = (sbyte)MathF.Round(row[j] / largest * 127);
        }

        return matrix;
    }

    /// <summary>Writes row <paramref name="row"/> as floats.</summary>
    public void Dequantize(int row, Span<float> into)
    {
        Check.Same(into.Length, Columns, "QuantizedMatrix", "the destination");
        ReadOnlySpan<sbyte> values = Values.Slice(row * Columns, Columns);
        for (int j = 0; j < values.Length; j++)
            into[j] = values[j] * _scales[row];
    }

    /// <summary><c>y = W · x</c> or <c>y += W · x</c>. NaN everywhere if an element of x is ∞ or NaN.</summary>
    public void Multiply(ReadOnlySpan<float> x, Span<float> y, bool accumulate, Team team) => MultiplyBatch(x, 1, y, accumulate, team);

    /// <summary>The same for <paramref name="b"/> vectors, x of [b, Columns] and y of [b, Rows]. Rows of W are read once for all.</summary>
    public unsafe void MultiplyBatch(ReadOnlySpan<float> x, int b, Span<float> y, bool accumulate, Team team)
    {
        Check.Same(y.Length, checked(b * Rows), "QuantizedMatrix", "y");
        fixed (float* py = y)
            Multiply(x, b, py, accumulate ? py : null, Rows, team);
    }

    /// <summary><c>y = bias + W · x</c> for <paramref name="b"/> vectors, with the bits that accumulating onto a copy of the bias has.</summary>
    public unsafe void MultiplyBatch(ReadOnlySpan<float> x, int b, Span<float> y, ReadOnlySpan<float> bias, Team team)
    {
        Check.Same(y.Length, checked(b * Rows), "QuantizedMatrix", "y");
        Check.Same(bias.Length, Rows, "QuantizedMatrix", "the bias");
        fixed (float* py = y, pb = bias)
            Multiply(x, b, py, pb, 0, team);
    }

    private unsafe void Multiply(ReadOnlySpan<float> x, int b, float* y, float* bias, int biasStride, Team team)
    {
        Check.Same(x.Length, checked(b * Columns), "QuantizedMatrix", "x");
        int bytes = QuantizedVector.Bytes(Columns);
        var vectors = (byte*)Scratch.Rent(Scratch.Slot.Other, checked(b * bytes) / sizeof(float));
        for (int v = 0; v < b; v++)
            QuantizedVector.Quantize(x.Slice(v * Columns, Columns), VectorLimit, QuantizedRows.Lane, vectors + ((nint)v * bytes));
        fixed (float* scales = _scales)
        {
            var body = new QuantizedRows
            {
                Values = (byte*)_memory.Pointer,
                Scales = scales,
                Vectors = vectors,
                Result = y,
                Bias = bias,
                BiasStride = biasStride,
                Rows = Rows,
                Columns = Columns,
                Batch = b,
            };
            long work = (long)Rows * Columns * b;
            body.Chunks = team.Threads == 1 || work < SharedWork ? 1 : 4 * team.Threads;
            team.For(body.Chunks, ref body);
        }

        GC.KeepAlive(this);
    }
}
