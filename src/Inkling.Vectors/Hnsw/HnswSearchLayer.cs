namespace Inkling.Vectors;

/// <summary>Algorithm 2 of Malkov and Yashunin 2018: the nearest elements of one layer.</summary>
/// <remarks>
/// <code>
/// SEARCH-LAYER(q, ep, ef, lc)
///   v ← ep  (visited);  C ← ep  (candidates);  W ← ep  (the ef nearest so far)
///   while |C| > 0
///     c ← nearest of C to q, taken out;  f ← farthest of W from q
///     if distance(c, q) > distance(f, q): stop
///     for each e ∈ links of c at layer lc, e ∉ v
///       v ← v ∪ e;  f ← farthest of W
///       if distance(e, q) &lt; distance(f, q) or |W| &lt; ef
///         C ← C ∪ e;  W ← W ∪ e;  if |W| > ef: take the farthest out of W
///   return W
/// </code>
/// <see cref="Run"/> keeps C and W in one sorted list (<see cref="CandidatePool"/>). Where only some may be found, W has only those but C all, so
/// <see cref="RunFiltered"/> needs both.
/// </remarks>
internal static class HnswSearchLayer
{
    /// <summary>Rows of which a kernel has not asked for the next ones yet.</summary>
    private const int FirstRows = 4;

    /// <summary>
    /// Goes down from the entry point to above layer <paramref name="level"/>, each time to the nearest element of the layer (ef = 1); it is in the pool
    /// afterwards.
    /// </summary>
    /// <returns>The highest layer there is.</returns>
    public static int Descend(IndexState state, SearchScratch scratch, ReadOnlySpan<byte> query, int level)
    {
        (VectorTable table, HnswGraph graph) = (state.Table, state.Graph!);
        (int place, int top) = graph.Entry;
        Span<float> distances = scratch.Distances;
        scratch.Places[0] = place;
        table.Format.Distances(query, table.Rows, scratch.Places.AsSpan(0, 1), distances);
        float nearest = distances[0];
        for (int layer = top; layer > level; layer--)
        {
            for (int at = -1; at != place;)
            {
                at = place;
                ReadOnlySpan<int> links = Copy(graph.Links(at, layer), scratch.Places, table.Capacity);
                table.Format.Distances(query, table.Rows, links, distances);
                for (int i = 0; i < links.Length; i++)
                {
                    if (distances[i] < nearest)
                        (nearest, place) = (distances[i], links[i]);
                }
            }
        }

        scratch.Pool.Reset(1);
        scratch.Pool.Add(nearest, place);
        return top;
    }

    /// <summary>Searches a layer from what is in the pool; the pool has the nearest afterwards.</summary>
    public static void Run(IndexState state, SearchScratch scratch, ReadOnlySpan<byte> query, int level)
    {
        (VectorTable table, HnswGraph graph) = (state.Table, state.Graph!);
        CandidatePool pool = scratch.Pool;
        VisitedPlaces.Marks visited = scratch.Visited.Begin(graph.Capacity);
        for (int i = 0; i < pool.Count; i++)
            visited.IsNew(pool.Place(i));
        int[] places = scratch.Places;
        float[] distances = scratch.Distances;
        for (int place = pool.TakeNext(); place >= 0; place = pool.TakeNext())
        {
            int count = Unvisited(table, graph.Links(place, level), visited, places);
            table.Format.Distances(query, table.Rows, places.AsSpan(0, count), distances);
            for (int i = 0; i < count; i++)
            {
                if (pool.Add(distances[i], places[i]) && level == 0)
                    graph.Prefetch(places[i]);
            }
        }
    }

    /// <summary>
    /// Searches layer 0 from what is in the pool for live places whose keys pass; <see cref="SearchScratch.Found"/> has the nearest afterwards.
    /// </summary>
    /// <returns>Whether it came to its end; otherwise it has compared <paramref name="budget"/> vectors, and all had better be.</returns>
    public static bool RunFiltered(IndexState state, SearchScratch scratch, ReadOnlySpan<byte> query, int ef, Func<long, bool>? filter, int budget)
    {
        (VectorTable table, HnswGraph graph) = (state.Table, state.Graph!);
        (CandidateHeap candidates, NearestHeap found) = (scratch.Candidates, scratch.Found);
        VisitedPlaces.Marks visited = scratch.Visited.Begin(graph.Capacity);
        candidates.Clear();
        found.Reset(ef);
        for (int i = 0; i < scratch.Pool.Count; i++)
        {
            visited.IsNew(scratch.Pool.Place(i));
            Take(scratch.Pool.Item(i));
        }

        while (candidates.Count > 0)
        {
            ulong nearest = candidates.TakeNearest();
            if (nearest > found.Bound)
                break;
            int count = Unvisited(table, graph.Links(Ranked.Place(nearest), 0), visited, scratch.Places);
            budget -= count;
            if (budget < 0)
                return false;
            table.Format.Distances(query, table.Rows, scratch.Places.AsSpan(0, count), scratch.Distances);
            for (int i = 0; i < count; i++)
            {
                ulong item = Ranked.Of(scratch.Distances[i], scratch.Places[i]);
                if (item < found.Bound)
                    Take(item);
            }
        }

        return true;

        void Take(ulong item)
        {
            candidates.Add(item);
            int place = Ranked.Place(item);
            if (table.State(place) == PlaceState.Live && (filter is null || filter(table.Key(place))))
                found.Add(item);
        }
    }

    /// <summary>Collects the links that were not seen yet. The kernel fetches rows while it compares others; the first ones are asked for here.</summary>
    private static int Unvisited(VectorTable table, ReadOnlySpan<int> links, VisitedPlaces.Marks visited, int[] places)
    {
        int count = 0, stride = table.Format.Stride;
        foreach (int link in links)
        {
            if (!visited.IsNew(link))
                continue;
            if (count < FirstRows)
                table.Rows.Prefetch((long)link * stride, stride);
            places[count++] = link;
        }

        return count;
    }

    /// <summary>A copy that nobody rewrites, of places that there are.</summary>
    private static ReadOnlySpan<int> Copy(ReadOnlySpan<int> links, int[] places, int capacity)
    {
        for (int i = 0; i < links.Length; i++)
        {
            int link = links[i];
            if ((uint)link >= (uint)capacity)
                throw new InvalidDataException($"Search: the graph links to place {link}, which there is not: its file is damaged. Verify it, and restore it from a copy or build it again.");
            places[i] = link;
        }

        return places.AsSpan(0, links.Length);
    }
}
