using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>Rows of bytes with a step each.</summary>
internal sealed class ByteRows(Metric metric, int dimensions) : RowFormat(metric, dimensions)
{
    public override int Stride => ByteRow.Bytes(Dimensions);

    public override void Encode(ReadOnlySpan<float> vector, Span<byte> row) => ByteRow.Quantize(vector, row);

    public override void Decode(ReadOnlySpan<byte> row, Span<float> vector) => ByteRow.Restore(row, vector);

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, ReadOnlySpan<int> places, Span<float> distances)
    {
        if (Metric == Metric.L2)
            ByteDistances.SquaredL2(query, rows.Rows(Stride), places, Map, distances);
        else
            ByteDistances.Dot(query, rows.Rows(Stride), places, Map, distances);
    }

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, int first, Span<float> distances)
    {
        if (Metric == Metric.L2)
            ByteDistances.SquaredL2(query, rows.Rows(Stride), first, Map, distances);
        else
            ByteDistances.Dot(query, rows.Rows(Stride), first, Map, distances);
    }
}
