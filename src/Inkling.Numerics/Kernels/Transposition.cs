using System.Runtime.CompilerServices;

namespace Inkling.Numerics;

/// <summary>Transposes matrices.</summary>
internal static unsafe class Transposition
{
    /// <summary>Rows of a strip: the lines of the destination are then written whole while they are in the cache.</summary>
    private const int Strip = 16;

    /// <summary><c>destination[c, r] = source[r, c]</c> for source of [rows, columns], both row-major and apart from each other.</summary>
    public static void Transpose(int rows, int columns, ReadOnlySpan<real> source, Span<real> destination)
    {
        Check.AtLeast(source.Length, (long)rows * columns, "Transpose", "the source");
        Check.AtLeast(destination.Length, (long)rows * columns, "Transpose", "the destination");
        fixed (real* from = source, to = destination)
            Transpose(rows, columns, from, columns, to, rows);
    }

    /// <summary>The same with row strides.</summary>
    public static void Transpose(int rows, int columns, real* source, nint sourceStride, real* destination, nint destinationStride)
    {
        for (int r = 0; r < rows; r += Strip)
        {
            TransposeStrip(
                int.Min(Strip, rows - r), columns, source + (r * sourceStride), sourceStride, destination + r, destinationStride);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void TransposeStrip(int rows, int columns, real* source, nint sourceStride, real* destination, nint destinationStride)
    {
        int r = 0;
#if !REAL_DOUBLE
        int edge = TransposeBlocks.Edge;
        for (; edge != 0 && columns >= edge && r <= rows - edge; r += edge)
        {
            int c = 0;
            for (; c <= columns - edge; c += edge)
            {
                real* from = source + (r * sourceStride) + c;
                TransposeBlocks.Transpose(edge, from, sourceStride, destination + (c * destinationStride) + r, destinationStride);
            }

            TransposeElements(r, r + edge, c, columns, source, sourceStride, destination, destinationStride);
        }
#endif
        TransposeElements(r, rows, 0, columns, source, sourceStride, destination, destinationStride);
    }

    [MethodImpl(Jit.Kernel)]
    private static void TransposeElements(
        int firstRow, int rows, int firstColumn, int columns, real* source, nint sourceStride, real* destination, nint destinationStride)
    {
        for (int c = firstColumn; c < columns; c++)
        {
            real* from = source + (firstRow * sourceStride) + c, to = destination + (c * destinationStride);
            for (int r = firstRow; r < rows; r++, from += sourceStride)
                to[r] = *from;
        }
    }
}
