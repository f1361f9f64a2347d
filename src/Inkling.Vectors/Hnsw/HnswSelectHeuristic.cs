namespace Inkling.Vectors;

/// <summary>Algorithm 4 of Malkov and Yashunin 2018: candidates that no chosen neighbour is nearer to become neighbours.</summary>
/// <remarks>
/// <code>
/// SELECT-NEIGHBORS-HEURISTIC(q, C, M)
///   R ← ∅;  W ← C
///   while |W| > 0 and |R| &lt; M
///     e ← nearest of W to q, taken out
///     if e is nearer to q than to every element of R: R ← R ∪ e
///   return R
/// </code>
/// Without the options to extend the candidates by their neighbours and to keep discarded ones, which the authors leave off for most data.
/// </remarks>
internal static class HnswSelectHeuristic
{
    /// <summary>Chosen ones that are compared together: most candidates fail at one of the first.</summary>
    private const int Together = 4;

    /// <summary>Chooses from candidates in order.</summary>
    /// <returns>How many were chosen.</returns>
    public static int Run(VectorTable table, SearchScratch scratch, ReadOnlySpan<ulong> nearest, int most, Span<int> chosen)
    {
        int count = 0;
        foreach (ulong candidate in nearest)
        {
            if (count == most)
                break;
            int place = Ranked.Place(candidate);
            if (!IsNearerToOne(table, scratch, place, Ranked.Distance(candidate), chosen[..count]))
                chosen[count++] = place;
        }

        return count;
    }

    private static bool IsNearerToOne(VectorTable table, SearchScratch scratch, int place, float distance, ReadOnlySpan<int> chosen)
    {
        if (chosen.IsEmpty)
            return false;
        RowFormat format = table.Format;
        Span<float> distances = stackalloc float[Together];
        ReadOnlySpan<byte> query = format.AsQuery(table.Row(place), scratch.Buffer);
        for (int i = 0; i < chosen.Length; i += Together)
        {
            int some = int.Min(Together, chosen.Length - i);
            format.Distances(query, table.Rows, chosen.Slice(i, some), distances);
            for (int j = 0; j < some; j++)
            {
                if (distances[j] < distance)
                    return true;
            }
        }

        return false;
    }
}
