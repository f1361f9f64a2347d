using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>
/// A matrix of outputs × inputs in 8 bits with a scale for each row: <c>W[i, j] ≈ scale[i] · value[i, j]</c>, values in [−127, 127].
/// A product quantises the vector as well, to [−127, 127] with one scale a call, sums integers exactly and scales the sum; so every
/// processor gives the same bits.
/// </summary>
internal sealed class QuantizedMatrix
{
    private readonly sbyte[] _values;
    private readonly float[] _scales;

    /// <summary>Takes over values and scales, as read from a file.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit the shape.</exception>
    public QuantizedMatrix(sbyte[] values, float[] scales, int rows, int columns)
    {
        Check.Same(values.Length, checked(rows * columns), "QuantizedMatrix", "the values");
        Check.Same(scales.Length, rows, "QuantizedMatrix", "the scales");
        Rows = rows;
        Columns = columns;
        _values = values;
        _scales = scales;
    }

    /// <summary>Outputs.</summary>
    public int Rows { get; }

    /// <summary>Inputs.</summary>
    public int Columns { get; }

    /// <summary>[Rows, Columns], row-major.</summary>
    public ReadOnlySpan<sbyte> Values => _values;

    /// <summary>[Rows].</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>Quantises a matrix: each row by its largest magnitude, to the nearest step. A row of zeros has scale 0.</summary>
    public static QuantizedMatrix Quantize(ReadOnlySpan<float> w, int rows, int columns)
    {
        Check.Same(w.Length, checked(rows * columns), "QuantizedMatrix", "W");
        var values = new sbyte[w.Length];
        var scales = new float[rows];
        for (int i = 0; i < rows; i++)
            scales[i] = QuantizeRow(w.Slice(i * columns, columns), values.AsSpan(i * columns, columns));
        return new QuantizedMatrix(values, scales, rows, columns);
    }

    /// <summary><c>y = W · x</c> or <c>y += W · x</c>.</summary>
    public void Multiply(ReadOnlySpan<float> x, Span<float> y, bool accumulate, Team team) => MultiplyBatch(x, 1, y, accumulate, team);

    /// <summary>The same for <paramref name="b"/> vectors, x of [b, Columns] and y of [b, Rows]. Rows of W are read once for all.</summary>
    public void MultiplyBatch(ReadOnlySpan<float> x, int b, Span<float> y, bool accumulate, Team team)
    {
        Check.Same(x.Length, checked(b * Columns), "QuantizedMatrix", "x");
        Check.Same(y.Length, checked(b * Rows), "QuantizedMatrix", "y");
        for (int v = 0; v < b; v++)
        {
            var quantized = new sbyte[Columns];
            float scale = QuantizeRow(x.Slice(v * Columns, Columns), quantized);
            for (int i = 0; i < Rows; i++)
            {
                int sum = 0;
                for (int j = 0; j < Columns; j++)
                    sum += _values[(i * Columns) + j] * quantized[j];
                float result = sum * (scale * _scales[i]);
                y[(v * Rows) + i] = accumulate ? y[(v * Rows) + i] + result : result;
            }
        }
    }

    private static float QuantizeRow(ReadOnlySpan<float> x, Span<sbyte> values)
    {
        float largest = 0;
        foreach (float element in x)
            largest = float.Max(largest, float.Abs(element));
        if (largest == 0)
        {
            values.Clear();
            return 0;
        }

        float inverse = 127 / largest;
        for (int j = 0; j < x.Length; j++)
            values[j] = (sbyte)float.Round(x[j] * inverse);
        return largest / 127;
    }
}
