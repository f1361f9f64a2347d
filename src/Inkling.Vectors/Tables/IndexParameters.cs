using System.Runtime.InteropServices;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>The section of a file that says what its index is.</summary>
/// <param name="IsGraph">1 for HNSW, 0 for an exact index.</param>
/// <param name="Dimensions">Elements of a vector.</param>
/// <param name="Metric">As the enumeration counts.</param>
/// <param name="Storage">As the enumeration counts.</param>
/// <param name="Rerank">1 where exact vectors are kept.</param>
/// <param name="Count">Places in use.</param>
/// <param name="M">Links.</param>
/// <param name="EfConstruction">Candidates at insertion.</param>
/// <param name="EfSearch">Candidates of a search.</param>
/// <param name="Selection">As the enumeration counts.</param>
/// <param name="Seed">Seed of the layers.</param>
/// <param name="Before">Places that came before.</param>
/// <param name="UpperUsed">Integers of upper links.</param>
/// <param name="Entry">Where searches begin.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal readonly record struct IndexParameters(
    int IsGraph, int Dimensions, int Metric, int Storage, int Rerank, int Count, int M, int EfConstruction, int EfSearch, int Selection, ulong Seed, long Before, long UpperUsed, long Entry)
{
    /// <summary>Name of the section.</summary>
    public const string Section = "vectors.about";

    /// <summary>Bytes of the section.</summary>
    public const int Size = (10 * sizeof(int)) + (4 * sizeof(long));

    /// <summary>Of an index in this state.</summary>
    public static IndexParameters Of(VectorIndexOptions options, IndexState state)
    {
        var hnsw = options as HnswOptions;
        (long before, long upper, long entry) = state.Graph?.Numbers ?? default;
        return new IndexParameters(
            hnsw is null ? 0 : 1,
            options.Dimensions,
            (int)options.Metric,
            (int)options.Storage,
            options.Rerank ? 1 : 0,
            state.Table.Count,
            hnsw?.M ?? 0,
            hnsw?.EfConstruction ?? 0,
            hnsw?.EfSearch ?? 0,
            (int)(hnsw?.Selection ?? 0),
            hnsw?.Seed ?? 0,
            before,
            upper,
            entry);
    }

    /// <summary>Reads the section; it says what it says, and <see cref="Options"/> checks it.</summary>
    public static IndexParameters Read(SectionFile file)
    {
        file.Verify(Section);
        RowMemory memory = file.Section(Section, Size);
        IndexParameters read = memory.Slice<IndexParameters>(0, 1)[0];
        GC.KeepAlive(memory);
        return read.IsGraph is 0 or 1 && read.Rerank is 0 or 1 && read.Count >= 0 ? read : throw SectionHeader.Damaged(file.Path, "what it says of its index makes no sense");
    }

    /// <summary>The options, checked.</summary>
    public VectorIndexOptions Options(string path)
    {
        VectorIndexOptions options = IsGraph == 0
            ? new VectorIndexOptions { Dimensions = Dimensions }
            : new HnswOptions { Dimensions = Dimensions, M = M, EfConstruction = EfConstruction, EfSearch = EfSearch, Selection = (NeighborSelection)Selection, Seed = Seed };
        options = options with { Metric = (Metric)Metric, Storage = (VectorStorage)Storage, Rerank = Rerank == 1 };
        try
        {
            options.Check("Open");
            return options;
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidDataException($"Open: {path} is damaged. {wrong.Message}", wrong);
        }
    }
}
