using System.Runtime.CompilerServices;

namespace Inkling.Vectors;

/// <summary>Compares a query with every place of a range.</summary>
internal static class TableScan
{
    /// <summary>Adds the nearest of places <paramref name="first"/> to <paramref name="end"/> that may be found.</summary>
    /// <param name="table">The vectors.</param>
    /// <param name="query">The query, in the table's format.</param>
    /// <param name="filter">Which keys may be found; null for all.</param>
    /// <param name="first">The first place.</param>
    /// <param name="end">The place behind the last.</param>
    /// <param name="places">Room for <see cref="SearchScratch.ScanBlock"/> places.</param>
    /// <param name="distances">Room for as many distances.</param>
    /// <param name="found">What was found so far.</param>
    public static void Run(
        VectorTable table, ReadOnlySpan<byte> query, Func<long, bool>? filter, int first, int end, int[] places, float[] distances, NearestHeap found)
    {
        for (; first < end; first += SearchScratch.ScanBlock)
        {
            int stop = int.Min(end, first + SearchScratch.ScanBlock);
            if (filter is null)
                All(table, query, first, stop, distances, found);
            else
                Passing(table, query, filter, first, stop, places, distances, found);
        }
    }

    /// <summary>
    /// All of a block: compiled at full optimisation the first time, because a search of a hundred thousand rows is over before it would be worth it. Most rows
    /// are farther than the last of those kept, which one comparison of floats tells.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void All(VectorTable table, ReadOnlySpan<byte> query, int first, int stop, float[] distances, NearestHeap found)
    {
        table.Format.Distances(query, table.Rows, first, distances.AsSpan(0, stop - first));
        ReadOnlySpan<float> block = distances.AsSpan(0, stop - first);
        float bound = Bound(found);
        for (int i = 0; i < block.Length; i++)
        {
            if (block[i] > bound || table.State(first + i) != PlaceState.Live)
                continue;
            found.Add(Ranked.Of(block[i], first + i));
            bound = Bound(found);
        }
    }

    /// <summary>The distance of the last of those kept; infinite while there is room.</summary>
    private static float Bound(NearestHeap found) => found.Bound == ulong.MaxValue ? float.PositiveInfinity : Ranked.Distance(found.Bound);

    /// <summary>The filter first: a call of it costs less than a distance, and most that are filtered keep few.</summary>
    private static void Passing(
        VectorTable table, ReadOnlySpan<byte> query, Func<long, bool> filter, int first, int stop, int[] places, float[] distances, NearestHeap found)
    {
        int passing = 0;
        for (int place = first; place < stop; place++)
        {
            if (table.State(place) == PlaceState.Live && filter(table.Key(place)))
                places[passing++] = place;
        }

        table.Format.Distances(query, table.Rows, places.AsSpan(0, passing), distances);
        for (int i = 0; i < passing; i++)
            found.Add(Ranked.Of(distances[i], places[i]));
    }
}
