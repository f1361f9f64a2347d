using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>A weight matrix as the decoder uses it, outputs × inputs; 8 bits or 32. Batches never change a result.</summary>
internal abstract class DecoderMatrix
{
    public abstract int Rows { get; }

    public abstract int Columns { get; }

    /// <summary>Bytes the weights take in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary><c>y = W x</c> or <c>y += W x</c> for <paramref name="count"/> vectors, x [count, Columns], y [count, Rows].</summary>
    public abstract void Multiply(ReadOnlySpan<float> x, int count, Span<float> y, bool accumulate);

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

    public override void Multiply(ReadOnlySpan<float> x, int count, Span<float> y, bool accumulate) =>
        matrix.MultiplyBatch(x, count, y, accumulate, Team.Single);

    public override void CopyRow(int row, Span<float> into)
    {
        var values = matrix.Values.Slice(row * Columns, Columns);
        var scale = matrix.Scales[row];
        for (var i = 0; i < values.Length; i++)
            into[i] = values[i] * scale;
    }
}

/// <summary>A matrix in 32 bits.</summary>
internal sealed class DecoderMatrix32(float[] values, int rows, int columns) : DecoderMatrix
{
    public ReadOnlyMemory<float> Values => values;

    public override int Rows => rows;

    public override int Columns => columns;

    public override long Bytes => 4L * rows * columns;

    public override void Multiply(ReadOnlySpan<float> x, int count, Span<float> y, bool accumulate)
    {
        // One product a vector: a GEMM would sum in another order for another batch size.
        for (var i = 0; i < count; i++)
            Gemv.Multiply(rows, columns, values, x.Slice(i * columns, columns), y.Slice(i * rows, rows), accumulate);
    }

    public override void CopyRow(int row, Span<float> into) => values.AsSpan(row * columns, columns).CopyTo(into);
}
