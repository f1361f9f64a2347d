using Inkling.Numerics;

namespace Inkling.Vectors;

/// <content>Searching.</content>
public abstract partial class VectorIndex
{
    private const int MostHits = 1_000_000;

    /// <summary>Places after which a thread that goes through all of them asks for more.</summary>
    private const int ScannedTogether = 64 * SearchScratch.ScanBlock;

    /// <summary>The nearest vectors, nearest first; of equally near ones the earlier added first.</summary>
    /// <param name="query"><see cref="Dimensions"/> finite elements; not all zero for the cosine.</param>
    /// <param name="k">How many, 1 to 1,000,000; fewer are found where there are fewer.</param>
    /// <param name="options">How to search; null for the index's own settings.</param>
    /// <exception cref="ArgumentException">The query cannot be taken.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public VectorHit[] Search(ReadOnlySpan<float> query, int k, SearchOptions? options = null)
    {
        CheckNumber(k, nameof(k));
        var hits = new VectorHit[int.Min(k, int.Max(Count, 1))];
        int found = Search(query, hits, options);
        return found == hits.Length ? hits : hits[..found];
    }

    /// <summary>The nearest vectors, as many as there is room for; allocates nothing once it has run a few times.</summary>
    /// <param name="query"><see cref="Dimensions"/> finite elements; not all zero for the cosine.</param>
    /// <param name="hits">Where they go, nearest first.</param>
    /// <param name="options">How to search; null for the index's own settings.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">The query cannot be taken.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public int Search(ReadOnlySpan<float> query, Span<VectorHit> hits, SearchOptions? options = null) => Search(query, hits, options ?? s_default, Team);

    /// <summary>The nearest vectors of many queries, shared out among the <see cref="Team"/>.</summary>
    /// <param name="queries">One after the other, <see cref="Dimensions"/> elements each.</param>
    /// <param name="k">How many of each, 1 to 1,000,000.</param>
    /// <param name="options">How to search; null for the index's own settings.</param>
    /// <returns>For each query what <see cref="Search(ReadOnlySpan{float}, int, SearchOptions?)"/> gives.</returns>
    /// <exception cref="ArgumentException">A query cannot be taken.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public VectorHit[][] SearchMany(ReadOnlyMemory<float> queries, int k, SearchOptions? options = null)
    {
        CheckNumber(k, nameof(k));
        if (queries.Length % Dimensions != 0)
            throw new ArgumentException($"Search: {queries.Length} elements are no whole number of queries of {Dimensions}. Give {Dimensions} for each.");
        var hits = new VectorHit[queries.Length / Dimensions][];
        SearchMany(queries, k, options ?? s_default, hits);
        return hits;
    }

    private static readonly SearchOptions s_default = new();

    private protected virtual void SearchMany(ReadOnlyMemory<float> queries, int k, SearchOptions options, VectorHit[][] hits)
    {
        QueryBody body = new(this, queries, k, options, hits);
        Team.For(hits.Length, ref body);
    }

    /// <summary>How many candidates are kept.</summary>
    private protected abstract int Candidates(int wanted, SearchOptions options);

    /// <summary>Finds candidates: they are in <see cref="SearchScratch.Found"/> afterwards, in order.</summary>
    private protected abstract void Find(IndexState state, SearchScratch scratch, int wanted, int candidates, SearchOptions options, Team team);

    private protected int Search(ReadOnlySpan<float> query, Span<VectorHit> hits, SearchOptions options, Team team)
    {
        CheckNumber(hits.Length, nameof(hits));
        if (options.Ef is < 0 or > MostHits)
            throw new ArgumentException($"Search: Ef is {options.Ef}. Give 1 to {MostHits}, or 0 for the index's own setting.");
        SearchScratch scratch = Rent();
        IndexState state = _state;
        try
        {
            Accept("Search", query, scratch.Vector);
            state.Table.Format.Prepare(scratch.Vector, scratch.Query);
            Find(state, scratch, hits.Length, Candidates(hits.Length, options), options, team);
            return Report(state, scratch, hits);
        }
        finally
        {
            GiveBack(scratch);
            GC.KeepAlive(state);
        }
    }

    /// <summary>Compares the candidates exactly where that can be done, and hands out the nearest.</summary>
    private protected static int Report(IndexState state, SearchScratch scratch, Span<VectorHit> hits)
    {
        VectorTable table = state.Table;
        if (table.Exact is { } exact)
            Rerank(table, exact, scratch);
        scratch.Found.Sort();
        scratch.Found.Truncate(hits.Length);
        ReadOnlySpan<ulong> found = scratch.Found.Items;
        for (int i = 0; i < found.Length; i++)
            hits[i] = new VectorHit(table.Key(Ranked.Place(found[i])), Ranked.Distance(found[i]));
        return found.Length;
    }

    /// <summary>Goes through all places. The candidates do not depend on who goes through which.</summary>
    private protected static void Scan(IndexState state, SearchScratch scratch, int candidates, Func<long, bool>? filter, Team team)
    {
        VectorTable table = state.Table;
        int count = table.Count, chunks = (count + ScannedTogether - 1) / ScannedTogether;
        scratch.Found.Reset(candidates);
        if (team.Threads == 1 || chunks <= 1)
        {
            TableScan.Run(table, scratch.Query, filter, 0, count, scratch.Places, scratch.Distances, scratch.Found);
            return;
        }

        ScanBody body = new(table, scratch.Query.ToArray(), filter, candidates, scratch.Found);
        team.For(chunks, ref body);
    }

    private static void Rerank(VectorTable table, RowMemory exact, SearchScratch scratch)
    {
        ReadOnlySpan<ulong> found = scratch.Found.Items;
        Span<ulong> candidates = scratch.ChoicesOf(found.Length);
        found.CopyTo(candidates);
        scratch.Found.Reset(int.Max(1, candidates.Length));
        ReadOnlySpan<byte> query = System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.Vector.AsSpan());
        while (!candidates.IsEmpty)
        {
            int some = int.Min(candidates.Length, SearchScratch.ScanBlock);
            for (int i = 0; i < some; i++)
                scratch.Places[i] = Ranked.Place(candidates[i]);
            table.ExactFormat.Distances(query, exact, scratch.Places.AsSpan(0, some), scratch.Distances);
            for (int i = 0; i < some; i++)
                scratch.Found.Add(Ranked.Of(scratch.Distances[i], scratch.Places[i]));
            candidates = candidates[some..];
        }
    }

    private static void CheckNumber(int k, string name)
    {
        if (k is < 1 or > MostHits)
            throw new ArgumentOutOfRangeException(name, $"Search: {k} hits are wanted. Give 1 to {MostHits}.");
    }

    /// <summary>One query of many, on the thread that takes it.</summary>
    private readonly struct QueryBody(VectorIndex index, ReadOnlyMemory<float> queries, int k, SearchOptions options, VectorHit[][] hits) : IChunkBody
    {
        public void Run(int chunk)
        {
            var room = new VectorHit[int.Min(k, int.Max(index.Count, 1))];
            int found = index.Search(queries.Span.Slice(chunk * index.Dimensions, index.Dimensions), room, options, Team.Single);
            hits[chunk] = found == room.Length ? room : room[..found];
        }
    }

    /// <summary>Some places of a scan.</summary>
    private readonly struct ScanBody(VectorTable table, byte[] query, Func<long, bool>? filter, int candidates, NearestHeap found) : IChunkBody
    {
        public void Run(int chunk)
        {
            NearestHeap mine = new();
            mine.Reset(candidates);
            int first = chunk * ScannedTogether, end = int.Min(table.Count, first + ScannedTogether);
            TableScan.Run(table, query, filter, first, end, new int[SearchScratch.ScanBlock], new float[SearchScratch.ScanBlock], mine);
            lock (found)
            {
                foreach (ulong item in mine.Items)
                    found.Add(item);
            }
        }
    }
}
