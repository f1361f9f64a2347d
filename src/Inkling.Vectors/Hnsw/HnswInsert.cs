namespace Inkling.Vectors;

/// <summary>Algorithm 1 of Malkov and Yashunin 2018: a new element takes its links.</summary>
/// <remarks>
/// <code>
/// INSERT(hnsw, q, M, Mmax, efConstruction, mL)
///   ep ← entry point of hnsw;  L ← its layer;  l ← ⌊−ln(unif(0..1)) · mL⌋
///   for lc ← L … l + 1
///     ep ← nearest element of SEARCH-LAYER(q, ep, ef = 1, lc)
///   for lc ← min(L, l) … 0
///     W ← SEARCH-LAYER(q, ep, efConstruction, lc)
///     neighbors ← SELECT-NEIGHBORS(q, W, M, lc)
///     link q and neighbors in both directions at layer lc
///     for each e ∈ neighbors whose links at lc are more than Mmax (2 M at layer 0):
///       links of e ← SELECT-NEIGHBORS(e, links of e, Mmax, lc)
///     ep ← W
///   if l > L: q becomes the entry point
/// </code>
/// Several may be inserted at a time: lists of links are changed within the lock of their place, and who raises the highest layer does so alone. An element
/// can be linked to from above before it has links below, so it may meet itself, and find links that others gave it.
/// </remarks>
internal static class HnswInsert
{
    /// <summary>Links a place whose row is written.</summary>
    public static void Run(IndexState state, HnswOptions options, LinkLocks locks, SearchScratch scratch, int place)
    {
        HnswGraph graph = state.Graph!;
        int level = graph.Begin(place);
        locks.Entry.Enter();
        bool first = !graph.HasEntry, raises = first || level > graph.Entry.Level;
        if (!raises)
            locks.Entry.Exit();
        try
        {
            if (!first)
                Connect(state, options, locks, scratch, place, level);
        }
        finally
        {
            if (raises)
            {
                graph.Entry = (place, level);
                locks.Entry.Exit();
            }
        }
    }

    private static void Connect(IndexState state, HnswOptions options, LinkLocks locks, SearchScratch scratch, int place, int level)
    {
        (VectorTable table, HnswGraph graph) = (state.Table, state.Graph!);
        ReadOnlySpan<byte> query = table.Format.AsQuery(table.Row(place), scratch.Query);
        int top = HnswSearchLayer.Descend(state, scratch, query, level);
        for (int layer = int.Min(top, level); layer >= 0; layer--)
        {
            scratch.Pool.Restart(options.EfConstruction);
            HnswSearchLayer.Run(state, scratch, query, layer);
            int chosen = Select(table, options, scratch, Candidates(table, scratch, place), options.M, scratch.Chosen);
            ReadOnlySpan<int> neighbors = scratch.Chosen.AsSpan(0, chosen);
            lock (locks.Of(place))
            {
                if (graph.Links(place, layer).IsEmpty)
                    graph.SetLinks(place, layer, neighbors);
                else
                    AddAll(state, options, scratch, place, layer, neighbors);
            }

            foreach (int neighbor in neighbors)
            {
                lock (locks.Of(neighbor))
                    Add(state, options, scratch, neighbor, layer, place);
            }
        }
    }

    /// <summary>Chooses neighbours as the options say.</summary>
    public static int Select(VectorTable table, HnswOptions options, SearchScratch scratch, ReadOnlySpan<ulong> nearest, int most, Span<int> chosen) =>
        options.Selection == NeighborSelection.Heuristic
            ? HnswSelectHeuristic.Run(table, scratch, nearest, most, chosen)
            : HnswSelectSimple.Run(nearest, most, chosen);

    /// <summary>What was found, without the place itself and without what is removed.</summary>
    private static ReadOnlySpan<ulong> Candidates(VectorTable table, SearchScratch scratch, int self)
    {
        CandidatePool pool = scratch.Pool;
        Span<ulong> candidates = scratch.ChoicesOf(pool.Count);
        int count = 0;
        for (int i = 0; i < pool.Count; i++)
        {
            int place = pool.Place(i);
            if (place != self && table.State(place) != PlaceState.Dead)
                candidates[count++] = pool.Item(i);
        }

        return candidates[..count];
    }

    private static void AddAll(IndexState state, HnswOptions options, SearchScratch scratch, int place, int layer, ReadOnlySpan<int> links)
    {
        foreach (int link in links)
            Add(state, options, scratch, place, layer, link);
    }

    /// <summary>Adds a link; where there are too many then, the best are chosen.</summary>
    private static void Add(IndexState state, HnswOptions options, SearchScratch scratch, int place, int layer, int link)
    {
        HnswGraph graph = state.Graph!;
        ReadOnlySpan<int> links = graph.Links(place, layer);
        if (links.Contains(link) || graph.TryAppend(place, layer, link))
            return;
        Span<int> all = scratch.Places.AsSpan(0, links.Length + 1);
        links.CopyTo(all);
        all[^1] = link;
        ReadOnlySpan<ulong> nearest = Rank(state.Table, scratch, place, all);
        int kept = Select(state.Table, options, scratch, nearest, links.Length, scratch.Kept);
        graph.SetLinks(place, layer, scratch.Kept.AsSpan(0, kept));
    }

    /// <summary>Puts places in the order of their distance from one.</summary>
    public static ReadOnlySpan<ulong> Rank(VectorTable table, SearchScratch scratch, int from, ReadOnlySpan<int> places)
    {
        Span<ulong> ranked = scratch.ChoicesOf(places.Length);
        ReadOnlySpan<byte> query = table.Format.AsQuery(table.Row(from), scratch.Buffer);
        table.Format.Distances(query, table.Rows, places, scratch.Distances);
        for (int i = 0; i < places.Length; i++)
            ranked[i] = Ranked.Of(scratch.Distances[i], places[i]);
        ranked.Sort();
        return ranked;
    }
}
