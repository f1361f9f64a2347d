using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// A hierarchical navigable small-world graph (Malkov, Yashunin 2018): finds nearly all of the nearest vectors by comparing some hundred or thousand of
/// them, whatever their number.
/// </summary>
/// <remarks>
/// <see cref="SearchOptions.Ef"/> trades recall for speed at every search. One after the other, the same vectors make the same graph; several threads make one
/// that depends on their pace and is as good. Whatever the filter, as many as pass are found up to the wanted number.
/// </remarks>
public sealed class HnswIndex : VectorIndex
{
    /// <summary>Kind of its file.</summary>
    internal const string FileKind = "hnsw";

    private readonly LinkLocks _locks = new();

    /// <summary>Begins an empty index.</summary>
    /// <param name="options">What it holds and how.</param>
    /// <exception cref="ArgumentException">The options do not go together or are out of range.</exception>
    public HnswIndex(HnswOptions options)
        : this(Checked(options), new IndexState(NewTable(options, 0), HnswGraph.Create(options.M, options.Seed, 0, 0, 0)), null)
    {
    }

    internal HnswIndex(HnswOptions options, IndexState state, SectionFile? file)
        : base(options, state, file)
    {
        Options = options;
    }

    /// <summary>What it holds and how its graph is built.</summary>
    public new HnswOptions Options { get; }

    private protected override string Kind => FileKind;

    private protected override void Link(IndexState state, SearchScratch scratch, int place) => HnswInsert.Run(state, Options, _locks, scratch, place);

    private protected override HnswGraph Resize(HnswGraph? graph, VectorTable table) => graph!.Copy(table.Capacity, table.Count);

    private protected override HnswGraph Compact(IndexState state, VectorTable compacted)
    {
        SearchScratch scratch = Rent();
        HnswGraph graph = HnswReclaim.Run(state, Options, compacted, scratch);
        GiveBack(scratch);
        return graph;
    }

    private protected override int Candidates(int wanted, SearchOptions options) => int.Max(wanted, options.Ef > 0 ? options.Ef : Options.EfSearch);

    private protected override void Find(IndexState state, SearchScratch scratch, int wanted, int candidates, SearchOptions options, Team team)
    {
        if (options.Exhaustive || !HnswSearch.Run(state, scratch, wanted, candidates, options.Filter))
            Scan(state, scratch, candidates, options.Filter, team);
    }

    private static HnswOptions Checked(HnswOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(HnswIndex));
        return options;
    }
}
