namespace Inkling.Numerics;

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
