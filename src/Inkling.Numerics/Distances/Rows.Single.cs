namespace Inkling.Numerics;

/// <summary>Equally long records one after the other: row i begins at <c>First + i · Stride</c>.</summary>
/// <param name="first">The first row, or a field of it that a kernel reads.</param>
/// <param name="stride">Bytes from a row to the next.</param>
internal readonly unsafe struct Rows(byte* first, nint stride)
{
    public readonly byte* First = first;
    public readonly nint Stride = stride;
}

/// <summary>Which rows a kernel visits. It trusts them: whoever made the list has checked it.</summary>
internal interface IPlaces
{
    /// <summary>Whether rows are too far apart for the processor to guess the next.</summary>
    static abstract bool Scattered { get; }

    /// <summary>The row that is visited as number <paramref name="index"/>.</summary>
    int At(int index);
}

/// <summary>Rows by a list of their numbers.</summary>
internal readonly unsafe struct ListedPlaces(int* list) : IPlaces
{
    public static bool Scattered => true;

    public int At(int index) => list[index];
}

/// <summary>Rows one after the other.</summary>
internal readonly struct FollowingPlaces(int first) : IPlaces
{
    public static bool Scattered => false;

    public int At(int index) => first + index;
}

/// <summary>What becomes of a product or distance <c>d</c>: <c>Offset + Factor · d</c>.</summary>
/// <param name="Offset">1 turns a cosine into a distance with factor −1.</param>
/// <param name="Factor">−1 turns a likeness into a distance.</param>
internal readonly record struct Affine(float Offset, float Factor);
