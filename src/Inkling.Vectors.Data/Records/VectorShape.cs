using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <summary>A vector property.</summary>
/// <param name="Dimensions">Elements of its vectors.</param>
/// <param name="Kind">The package's name of its index.</param>
/// <param name="Score">Its distance function.</param>
internal sealed record VectorShape(int Dimensions, string Kind, DistanceScore Score)
{
    /// <summary>Of a property.</summary>
    /// <exception cref="NotSupportedException">There is no such index or distance function.</exception>
    public static VectorShape Of(VectorPropertyModel property) => new(
        property.Dimensions,
        property.IndexKind switch
        {
            null or IndexKind.Hnsw => IndexKind.Hnsw,
            IndexKind.Flat => IndexKind.Flat,
            string other => throw new NotSupportedException($"Collection: there is no index \"{other}\" for {property.ModelName}. Take {IndexKind.Hnsw} or {IndexKind.Flat}."),
        },
        DistanceScore.For(property.DistanceFunction));

    /// <summary>
    /// Whether a vector has no direction where directions are compared: what encoders make of texts of which they know nothing. Such a record is kept, and not
    /// found by its vector.
    /// </summary>
    public bool SaysNothing(ReadOnlySpan<float> vector) => Score.Metric == Metric.Cosine && !vector.ContainsAnyExcept(0f);

    /// <summary>An empty index for it.</summary>
    public VectorIndex NewIndex(InklingVectorStoreOptions options)
    {
        // Signs and bytes alone would make scores coarse; with the exact rows they are those of float32.
        bool again = options.Storage is VectorStorage.Int8 or VectorStorage.Binary;
        return Kind == IndexKind.Flat
            ? new ExactIndex(new VectorIndexOptions { Dimensions = Dimensions, Metric = Score.Metric, Storage = options.Storage, Rerank = again })
            : new HnswIndex(new HnswOptions
            {
                Dimensions = Dimensions,
                Metric = Score.Metric,
                Storage = options.Storage,
                Rerank = again,
                M = options.M,
                EfConstruction = options.EfConstruction,
                EfSearch = options.EfSearch,
            });
    }
}
