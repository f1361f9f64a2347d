namespace Inkling.Vectors;

/// <summary>
/// Takes removed places out of a graph: whoever links to one gets the chance to link to its neighbours instead, chosen as at insertion (the consolidation of
/// deletions of Singh, Subramanya, Krishnaswamy, Simhadri 2021, Algorithm 4, over all layers). Who was linked to by removed places only, and was not chosen, could not be
/// reached any more: it gets a link from the nearest that can.
/// </summary>
/// <remarks>The old graph stays as it is for the searches that are on their way in it.</remarks>
internal static class HnswReclaim
{
    /// <summary>Neighbours of neighbours to choose from at most: where many are removed side by side, there is no end to them.</summary>
    private const int MostCandidates = 512;

    /// <summary>The graph of the live places, in the order they have in <paramref name="compacted"/>.</summary>
    public static HnswGraph Run(IndexState state, HnswOptions options, VectorTable compacted, SearchScratch scratch)
    {
        (VectorTable table, HnswGraph graph) = (state.Table, state.Graph!);
        int[] places = new int[table.Count];
        long before = graph.Numbers.Before + table.Count - table.Live, upper = 0;
        int next = 0;
        for (int place = 0; place < places.Length; place++)
        {
            bool live = table.State(place) == PlaceState.Live;
            places[place] = live ? next++ : -1;
            upper += live ? graph.Level(place) * (graph.M + 1) : 0;
        }

        upper += HnswGraph.UpperOf(options.Seed, graph.M, before + next, compacted.Capacity - next);
        HnswGraph mended = HnswGraph.Create(graph.M, options.Seed, before, compacted.Capacity, upper);
        for (int place = 0; place < places.Length; place++)
        {
            int to = places[place];
            if (to < 0)
                continue;
            int level = mended.Begin(to, graph.Level(place));
            for (int layer = 0; layer <= level; layer++)
                mended.SetLinks(to, layer, Mend(state, options, compacted, scratch, places, place, layer));
            if (!mended.HasEntry || level > mended.Entry.Level)
                mended.Entry = (to, level);
        }

        Join(new IndexState(compacted, mended), options, scratch, next);
        return mended;
    }

    /// <summary>Sees to it that every place is reached from the entry on layer 0.</summary>
    private static void Join(IndexState state, HnswOptions options, SearchScratch scratch, int count)
    {
        HnswGraph graph = state.Graph!;
        if (!graph.HasEntry)
            return;
        bool[] reached = new bool[count];
        Reach(graph, graph.Entry.Place, reached);
        for (int place = 0; place < count; place++)
        {
            if (reached[place])
                continue;
            ReadOnlySpan<byte> query = state.Table.Format.AsQuery(state.Table.Row(place), scratch.Query);
            HnswSearchLayer.Descend(state, scratch, query, 0);
            scratch.Pool.Restart(options.EfConstruction);
            HnswSearchLayer.Run(state, scratch, query, 0);
            Attach(graph, scratch.Pool, reached, place);
            Reach(graph, place, reached);
        }
    }

    private static void Reach(HnswGraph graph, int from, bool[] reached)
    {
        reached[from] = true;
        Stack<int> open = new([from]);
        while (open.TryPop(out int place))
        {
            foreach (int link in graph.Links(place, 0))
            {
                if (reached[link])
                    continue;
                reached[link] = true;
                open.Push(link);
            }
        }
    }

    /// <summary>Lets the nearest reached place that has room link to one; where none has, the nearest gives up its last link, which goes on from the new one.</summary>
    private static void Attach(HnswGraph graph, CandidatePool nearest, bool[] reached, int place)
    {
        // The way down leads over upper layers, so that some of these may not be reached on layer 0 either.
        int from = -1;
        for (int i = 0; i < nearest.Count; i++)
        {
            if (!reached[nearest.Place(i)])
                continue;
            if (graph.TryAppend(nearest.Place(i), 0, place))
                return;
            from = from < 0 ? nearest.Place(i) : from;
        }

        if (from < 0)
            from = graph.Entry.Place;
        if (graph.TryAppend(from, 0, place))
            return;
        int[] links = [.. graph.Links(from, 0)];
        int instead = links[^1];
        links[^1] = place;
        if (!graph.Links(place, 0).Contains(instead) && !graph.TryAppend(place, 0, instead))
        {
            int[] own = [.. graph.Links(place, 0)];
            own[^1] = instead;
            graph.SetLinks(place, 0, own);
        }

        graph.SetLinks(from, 0, links);
    }

    /// <summary>The links of a place on a layer, as places of the new table.</summary>
    private static ReadOnlySpan<int> Mend(IndexState state, HnswOptions options, VectorTable compacted, SearchScratch scratch, int[] places, int place, int layer)
    {
        HnswGraph graph = state.Graph!;
        ReadOnlySpan<int> links = graph.Links(place, layer);
        HashSet<int> seen = [place];
        List<int> live = [];
        Queue<int> removed = [];
        Collect(links);
        bool whole = removed.Count == 0;
        while (live.Count < MostCandidates && seen.Count < 4 * MostCandidates && removed.TryDequeue(out int gone))
            Collect(graph.Links(gone, layer));
        if (whole)
        {
            live.CopyTo(scratch.Kept);
            return scratch.Kept.AsSpan(0, live.Count);
        }

        ReadOnlySpan<ulong> nearest = Rank(compacted, scratch, places[place], live);
        int kept = HnswInsert.Select(compacted, options, scratch, nearest, layer == 0 ? 2 * graph.M : graph.M, scratch.Kept);
        return scratch.Kept.AsSpan(0, kept);

        void Collect(ReadOnlySpan<int> some)
        {
            foreach (int link in some)
            {
                if (!seen.Add(link))
                    continue;
                if (places[link] >= 0)
                    live.Add(places[link]);
                else
                    removed.Enqueue(link);
            }
        }
    }

    private static ReadOnlySpan<ulong> Rank(VectorTable table, SearchScratch scratch, int from, List<int> places)
    {
        float[] distances = new float[places.Count];
        ulong[] ranked = new ulong[places.Count];
        ReadOnlySpan<byte> query = table.Format.AsQuery(table.Row(from), scratch.Buffer);
        table.Format.Distances(query, table.Rows, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(places), distances);
        for (int i = 0; i < ranked.Length; i++)
            ranked[i] = Ranked.Of(distances[i], places[i]);
        Array.Sort(ranked);
        return ranked;
    }
}
