using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>Algorithm 5 of Malkov and Yashunin 2018: the nearest elements to a query.</summary>
/// <remarks>
/// <code>
/// K-NN-SEARCH(hnsw, q, K, ef)
///   ep ← entry point of hnsw;  L ← its layer
///   for lc ← L … 1
///     ep ← nearest element of SEARCH-LAYER(q, ep, ef = 1, lc)
///   W ← SEARCH-LAYER(q, ep, ef, lc = 0)
///   return the K nearest elements of W
/// </code>
/// The K nearest are taken by the caller, after comparing them exactly where that is wanted. A filter that keeps few leaves the graph with long ways between
/// what may be found: then all that pass are compared instead, which costs a call of the filter for each vector but few distances.
/// </remarks>
internal static class HnswSearch
{
    /// <summary>Keys that are tried to see how many a filter keeps.</summary>
    private const int Tried = 256;

    /// <summary>How many calls of a filter take the time of comparing a vector that is somewhere in memory.</summary>
    private const int FiltersPerDistance = 8;

    /// <summary>Finds candidates.</summary>
    /// <returns>Whether they are worth something; otherwise all vectors had better be compared.</returns>
    public static bool Run(IndexState state, SearchScratch scratch, int wanted, int ef, Func<long, bool>? filter)
    {
        VectorTable table = state.Table;
        int live = table.Live, count = table.Count;
        scratch.Found.Reset(ef);
        if (!state.Graph!.HasEntry)
            return live == 0;
        double kept = filter is null ? live / (double)int.Max(1, count) : Kept(table, filter, count);
        // Of the places on the way only a share counts, so that the way is longer by as much.
        double distancesOnTheWay = ef * state.Graph.M / kept;
        if (kept < 1 && distancesOnTheWay > ((double)count / FiltersPerDistance) + (kept * count))
            return false;

        ReadOnlySpan<byte> query = scratch.Query;
        HnswSearchLayer.Descend(state, scratch, query, 0);
        if (filter is null && live == count)
        {
            scratch.Pool.Restart(ef);
            HnswSearchLayer.Run(state, scratch, query, 0);
            TakeLive(table, scratch);
        }
        else if (!HnswSearchLayer.RunFiltered(state, scratch, query, ef, filter, int.Max(Tried, count / 2)))
        {
            return false;
        }

        return scratch.Found.Count >= int.Min(wanted, filter is null ? live : count);
    }

    /// <summary>The share of places that may be found, from some that lie evenly among them; less than 1 with a filter.</summary>
    private static double Kept(VectorTable table, Func<long, bool> filter, int count)
    {
        int tried = int.Min(Tried, count), kept = 0;
        for (int i = 0; i < tried; i++)
        {
            int place = (int)((long)i * count / tried);
            if (table.State(place) == PlaceState.Live && filter(table.Key(place)))
                kept++;
        }

        return (kept + 0.5) / (tried + 1);
    }

    /// <summary>Those that are not removed or still coming, which may have changed meanwhile.</summary>
    private static void TakeLive(VectorTable table, SearchScratch scratch)
    {
        for (int i = 0; i < scratch.Pool.Count; i++)
        {
            ulong item = scratch.Pool.Item(i);
            if (table.State(Ranked.Place(item)) == PlaceState.Live)
                scratch.Found.Add(item);
        }
    }
}
