using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>Rows of float16, filled up with zeros to a multiple of 16 elements, which the kernel takes at a time.</summary>
internal sealed class HalfRows(Metric metric, int dimensions) : RowFormat(metric, dimensions)
{
    private const int Together = 16;

    private int Padded => (Dimensions + Together - 1) & -Together;

    public override int Stride => Padded * 2;

    public override int QueryBytes => Padded * sizeof(float);

    public override void Encode(ReadOnlySpan<float> vector, Span<byte> row)
    {
        Span<Half> elements = MemoryMarshal.Cast<byte, Half>(row);
        for (int j = 0; j < vector.Length; j++)
            elements[j] = (Half)vector[j];
        elements[vector.Length..].Clear();
    }

    public override void Decode(ReadOnlySpan<byte> row, Span<float> vector)
    {
        ReadOnlySpan<Half> elements = MemoryMarshal.Cast<byte, Half>(row);
        for (int j = 0; j < vector.Length; j++)
            vector[j] = (float)elements[j];
    }

    public override void Prepare(ReadOnlySpan<float> vector, Span<byte> query)
    {
        Span<float> elements = MemoryMarshal.Cast<byte, float>(query);
        vector.CopyTo(elements);
        elements[vector.Length..].Clear();
    }

    public override ReadOnlySpan<byte> AsQuery(ReadOnlySpan<byte> row, Span<byte> buffer)
    {
        Decode(row, MemoryMarshal.Cast<byte, float>(buffer));
        return buffer;
    }

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, ReadOnlySpan<int> places, Span<float> distances)
    {
        ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(query);
        if (Metric == Metric.L2)
            RowDistances.HalfSquaredL2(vector, rows.Rows(Stride), places, Map, distances);
        else
            RowDistances.HalfDot(vector, rows.Rows(Stride), places, Map, distances);
    }

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, int first, Span<float> distances)
    {
        ReadOnlySpan<float> vector = MemoryMarshal.Cast<byte, float>(query);
        if (Metric == Metric.L2)
            RowDistances.HalfSquaredL2(vector, rows.Rows(Stride), first, Map, distances);
        else
            RowDistances.HalfDot(vector, rows.Rows(Stride), first, Map, distances);
    }
}
