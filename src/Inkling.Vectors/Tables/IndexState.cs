namespace Inkling.Vectors;

/// <summary>What a search needs for as long as it lasts: a table and, for HNSW, the graph over its places.</summary>
/// <param name="Table">The vectors.</param>
/// <param name="Graph">Who links to whom; null in an exact index.</param>
internal sealed record IndexState(VectorTable Table, HnswGraph? Graph);
