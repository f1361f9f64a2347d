using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>Rows of float32.</summary>
internal sealed class SingleRows(Metric metric, int dimensions) : RowFormat(metric, dimensions)
{
    public override int Stride => Dimensions * sizeof(float);

    public override void Encode(ReadOnlySpan<float> vector, Span<byte> row) => MemoryMarshal.AsBytes(vector).CopyTo(row);

    public override void Decode(ReadOnlySpan<byte> row, Span<float> vector) => MemoryMarshal.Cast<byte, float>(row).CopyTo(vector);

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, ReadOnlySpan<int> places, Span<float> distances)
    {
        ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(query);
        if (Metric == Metric.L2)
            RowDistances.SquaredL2(vector, rows.Rows(Stride), places, Map, distances);
        else
            RowDistances.Dot(vector, rows.Rows(Stride), places, Map, distances);
    }

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, int first, Span<float> distances)
    {
        ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(query);
        if (Metric == Metric.L2)
            RowDistances.SquaredL2(vector, rows.Rows(Stride), first, Map, distances);
        else
            RowDistances.Dot(vector, rows.Rows(Stride), first, Map, distances);
    }
}
