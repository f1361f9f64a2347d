using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>A weight matrix as the decoder uses it, outputs × inputs; 8 bits or 32. Batches never change a result.</summary>
internal abstract class DecoderMatrix
{
    public abstract int Rows { get; }

    public abstract int Columns { get; }

    /// <summary>Bytes the weights take in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary><c>y = W x + bias</c> for <paramref name="count"/> vectors, x [count, Columns], y [count, Rows], bias [Rows].</summary>
    public abstract void Multiply(ReadOnlySpan<float> x, int count, Span<float> y, ReadOnlySpan<float> bias);

    /// <summary><c>y += W x</c>.</summary>
    public abstract void MultiplyAdd(ReadOnlySpan<float> x, int count, Span<float> y);

    /// <summary>Copies a row, as 32-bit numbers.</summary>
    public abstract void CopyRow(int row, Span<float> into);
}

/// <summary>A matrix in 8 bits with a scale for each row.</summary>
internal sealed class DecoderMatrix8(QuantizedMatrix matrix) : DecoderMatrix
{
    public QuantizedMatrix Matrix => matrix;

    public override int Rows => matrix.Rows;

    public override int Columns => matrix.Columns;

    public override long Bytes => (long)Rows * Columns + 4L * Rows;

    public override void Multiply(ReadOnlySpan<float> x, int count, Span<float> y, ReadOnlySpan<float> bias) =>
        matrix.MultiplyBatch(x, count, y, bias, Team.Single);

    public override void MultiplyAdd(ReadOnlySpan<float> x, int count, Span<float> y) =>
        matrix.MultiplyBatch(x, count, y, accumulate: true, Team.Single);

    public override void CopyRow(int row, Span<float> into) => matrix.Dequantize(row, into);
}

/// <summary>A matrix in 32 bits.</summary>
internal sealed class DecoderMatrix32(float[] values, int rows, int columns) : DecoderMatrix
{
    public ReadOnlyMemory<float> Values => values;

    public override int Rows => rows;

    public override int Columns => columns;

    public override long Bytes => 4L * rows * columns;

    public override void Multiply(ReadOnlySpan<float> x, int count, Span<float> y, ReadOnlySpan<float> bias)
    {
        Elementwise.SetRows(y, count, rows, bias);
        MultiplyAdd(x, count, y);
    }

    public override void MultiplyAdd(ReadOnlySpan<float> x, int count, Span<float> y)
    {
        // One product a vector: a GEMM would sum in another order for another batch size.
        for (var i = 0; i < count; i++)
            Gemv.Multiply(rows, columns, values, x.Slice(i * columns, columns), y.Slice(i * rows, rows), accumulate: true);
    }

    public override void CopyRow(int row, Span<float> into) => values.AsSpan(row * columns, columns).CopyTo(into);
}
