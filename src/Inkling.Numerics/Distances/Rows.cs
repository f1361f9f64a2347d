namespace Inkling.Numerics;

/// <summary>Equally long records one after the other: row i begins at <c>First + i · Stride</c>.</summary>
/// <param name="first">The first row, or a field of it that a kernel reads.</param>
/// <param name="stride">Bytes from a row to the next.</param>
internal readonly unsafe struct Rows(byte* first, nint stride)
{
    public readonly byte* First = first;
    public readonly nint Stride = stride;
}
