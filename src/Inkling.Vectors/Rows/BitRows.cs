using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// Rows of signs. Two directions an angle θ apart differ in a share θ/π of random signs (Charikar 2002, §3); the distance is twice the share, which like
/// the cosine's runs from 0 to 2.
/// </summary>
internal sealed class BitRows(Metric metric, int dimensions) : RowFormat(metric, dimensions)
{
    private const int Bits = 64;

    private readonly Affine _map = new(0, 2f / dimensions);

    public override int Stride => (Dimensions + Bits - 1) / Bits * sizeof(ulong);

    public override void Encode(ReadOnlySpan<float> vector, Span<byte> row)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(row);
        words.Clear();
        for (int j = 0; j < vector.Length; j++)
        {
            if (vector[j] > 0)
                words[j / Bits] |= 1UL << (j % Bits);
        }
    }

    public override void Decode(ReadOnlySpan<byte> row, Span<float> vector)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(row);
        float one = 1 / MathF.Sqrt(Dimensions);
        for (int j = 0; j < vector.Length; j++)
            vector[j] = (words[j / Bits] >> (j % Bits) & 1) == 1 ? one : -one;
    }

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, ReadOnlySpan<int> places, Span<float> distances) =>
        BitDistances.Hamming(MemoryMarshal.Cast<byte, ulong>(query), rows.Rows(Stride), places, _map, distances);

    public override void Distances(ReadOnlySpan<byte> query, RowMemory rows, int first, Span<float> distances) =>
        BitDistances.Hamming(MemoryMarshal.Cast<byte, ulong>(query), rows.Rows(Stride), first, _map, distances);
}
