using Microsoft.Extensions.AI;

namespace Inkling.Vectors;

/// <summary>How an <see cref="InklingVectorStore"/> keeps and searches what it is given.</summary>
public sealed record InklingVectorStoreOptions
{
    /// <summary>
    /// What makes vectors of texts, for vector properties of type <see cref="string"/> and for searches by text, where neither the collection nor the property
    /// has one of its own. Default: none.
    /// </summary>
    public IEmbeddingGenerator? EmbeddingGenerator { get; init; }

    /// <summary>How vectors are stored in the indexes; the records have them exactly in any case. Default: float32.</summary>
    public VectorStorage Storage { get; init; } = VectorStorage.Float32;

    /// <summary>Neighbours that a new vector links to, where the index kind is HNSW; see <see cref="HnswOptions.M"/>. Default: 16.</summary>
    public int M { get; init; } = 16;

    /// <summary>Candidates while a vector is added; see <see cref="HnswOptions.EfConstruction"/>. Default: 200.</summary>
    public int EfConstruction { get; init; } = 200;

    /// <summary>Candidates of a search; see <see cref="HnswOptions.EfSearch"/>. Default: 64.</summary>
    public int EfSearch { get; init; } = 64;
}
