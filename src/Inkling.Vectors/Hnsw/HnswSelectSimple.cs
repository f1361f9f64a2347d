namespace Inkling.Vectors;

/// <summary>Algorithm 3 of Malkov and Yashunin 2018: the nearest candidates become neighbours.</summary>
/// <remarks>
/// <code>
/// SELECT-NEIGHBORS-SIMPLE(q, C, M)
///   return the M nearest elements of C to q
/// </code>
/// </remarks>
internal static class HnswSelectSimple
{
    /// <summary>Chooses from candidates in order.</summary>
    /// <returns>How many were chosen.</returns>
    public static int Run(ReadOnlySpan<ulong> nearest, int most, Span<int> chosen)
    {
        int count = int.Min(nearest.Length, most);
        for (int i = 0; i < count; i++)
            chosen[i] = Ranked.Place(nearest[i]);
        return count;
    }
}
