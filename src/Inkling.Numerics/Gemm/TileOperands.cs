namespace Inkling.Numerics;

/// <summary>
/// What a tile of a matrix product reads and writes: <c>C = A · B</c> or <c>C += A · B</c> for a few rows and one panel of columns.
/// Packed or not makes no difference but in the strides: packed A has a row stride of 1 and a depth stride of its rows, packed B a depth stride
/// of the panel's width.
/// </summary>
internal unsafe struct TileOperands
{
    /// <summary>Element (i, p) of A lies at <c>A[i · ARow + p · ADepth]</c>.</summary>
    public real* A;
    public nint ARow;
    public nint ADepth;

    /// <summary>Element (p, j) of B lies at <c>B[p · BDepth + j]</c>.</summary>
    public real* B;
    public nint BDepth;

    /// <summary>Length of the sums.</summary>
    public int Depth;

    /// <summary>Element (i, j) of C lies at <c>C[i · CRow + j]</c>.</summary>
    public real* C;
    public nint CRow;

    /// <summary>Rows of the tile, 1 to the tallest that the tile's code knows.</summary>
    public int Rows;

    /// <summary>Columns of the tile, 1 to two registers. Nothing beyond them is read or written.</summary>
    public int Columns;

    /// <summary>Whether both A and B are packed; B's panel is then padded to two registers.</summary>
    public bool IsPacked;

    /// <summary>Whether the sums start from C.</summary>
    public bool Accumulate;
}
