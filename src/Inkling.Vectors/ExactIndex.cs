using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// Compares a query with every vector, as fast as memory can be read: the reference that finds all, and the right index up to some ten thousand vectors. A
/// search shares the vectors out among the <see cref="VectorIndex.Team"/>; many queries at a time share every vector that is read.
/// </summary>
public sealed class ExactIndex : VectorIndex
{
    /// <summary>Queries that go through the vectors together.</summary>
    private const int QueriesTogether = 16;

    /// <summary>Candidates for each hit that is wanted, where they are compared again exactly.</summary>
    private const int RerankedPerHit = 4, RerankedPerHitOfSigns = 20;

    /// <summary>Kind of its file.</summary>
    internal const string FileKind = "exact";

    /// <summary>Begins an empty index.</summary>
    /// <param name="options">What it holds and how.</param>
    /// <exception cref="ArgumentException">The options do not go together or are out of range.</exception>
    public ExactIndex(VectorIndexOptions options)
        : this(Checked(options), new IndexState(NewTable(options, 0), null), null)
    {
    }

    internal ExactIndex(VectorIndexOptions options, IndexState state, SectionFile? file)
        : base(options, state, file)
    {
    }

    private protected override string Kind => FileKind;

    private protected override void Link(IndexState state, SearchScratch scratch, int place)
    {
        // Being in the table is all it takes.
    }

    private protected override int Candidates(int wanted, SearchOptions options)
    {
        if (State.Table.Exact is null)
            return wanted;
        long many = options.Ef > 0 ? options.Ef : (long)wanted * (Options.Storage == VectorStorage.Binary ? RerankedPerHitOfSigns : RerankedPerHit);
        return (int)long.Clamp(many, wanted, int.Max(wanted, State.Table.Count));
    }

    private protected override void Find(IndexState state, SearchScratch scratch, int wanted, int candidates, SearchOptions options, Team team) =>
        Scan(state, scratch, candidates, options.Filter, team);

    private protected override void SearchMany(ReadOnlyMemory<float> queries, int k, SearchOptions options, VectorHit[][] hits)
    {
        if (options.Filter is not null)
        {
            base.SearchMany(queries, k, options, hits);
            return;
        }

        TogetherBody body = new(this, State, queries, k, options, hits);
        Team.For((hits.Length + QueriesTogether - 1) / QueriesTogether, ref body);
    }

    private void SearchTogether(IndexState state, ReadOnlySpan<float> queries, int k, SearchOptions options, Span<VectorHit[]> hits)
    {
        var scratches = new SearchScratch[hits.Length];
        int count = state.Table.Count, candidates = Candidates(k, options);
        for (int i = 0; i < hits.Length; i++)
        {
            SearchScratch scratch = scratches[i] = Rent();
            Accept("Search", queries.Slice(i * Dimensions, Dimensions), scratch.Vector);
            state.Table.Format.Prepare(scratch.Vector, scratch.Query);
            scratch.Found.Reset(int.Max(1, int.Min(candidates, count)));
        }

        for (int first = 0; first < count; first += SearchScratch.ScanBlock)
        {
            foreach (SearchScratch scratch in scratches)
                TableScan.Run(state.Table, scratch.Query, null, first, int.Min(count, first + SearchScratch.ScanBlock), scratch.Places, scratch.Distances, scratch.Found);
        }

        for (int i = 0; i < hits.Length; i++)
        {
            var room = new VectorHit[int.Min(k, scratches[i].Found.Count)];
            Report(state, scratches[i], room);
            hits[i] = room;
            GiveBack(scratches[i]);
        }

        GC.KeepAlive(state);
    }

    private static VectorIndexOptions Checked(VectorIndexOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(ExactIndex));
        return options;
    }

    /// <summary>Some queries of many.</summary>
    private readonly struct TogetherBody(ExactIndex index, IndexState state, ReadOnlyMemory<float> queries, int k, SearchOptions options, VectorHit[][] hits) : IChunkBody
    {
        public void Run(int chunk)
        {
            int first = chunk * QueriesTogether, end = int.Min(hits.Length, first + QueriesTogether);
            index.SearchTogether(state, queries.Span[(first * index.Dimensions)..(end * index.Dimensions)], k, options, hits.AsSpan(first, end - first));
        }
    }
}
