namespace Inkling.Numerics;

/// <summary>Transposes matrices.</summary>
internal static class Transposition
{
    /// <summary>Edge of a block: 16 rows of 16 elements touch 32 cache lines, well inside the first-level cache.</summary>
    private const int Block = 16;

    /// <summary><c>destination[c, r] = source[r, c]</c> for source of [rows, columns], both row-major and apart from each other.</summary>
    public static unsafe void Transpose(int rows, int columns, ReadOnlySpan<real> source, Span<real> destination)
    {
        Check.AtLeast(source.Length, (long)rows * columns, "Transpose", "the source");
        Check.AtLeast(destination.Length, (long)rows * columns, "Transpose", "the destination");
        fixed (real* from = source, to = destination)
            Transpose(rows, columns, from, columns, to, rows);
    }

    /// <summary>The same with row strides.</summary>
    public static unsafe void Transpose(int rows, int columns, real* source, nint sourceStride, real* destination, nint destinationStride)
    {
        for (int r0 = 0; r0 < rows; r0 += Block)
        {
            int r1 = int.Min(r0 + Block, rows);
            for (int c0 = 0; c0 < columns; c0 += Block)
            {
                int c1 = int.Min(c0 + Block, columns);
                for (int c = c0; c < c1; c++)
                {
                    for (int r = r0; r < r1; r++)
                        destination[(c * destinationStride) + r] = source[(r * sourceStride) + c];
                }
            }
        }
    }
}
