namespace Inkling.Vectors;

/// <summary>What was found by words, by vector or by both.</summary>
/// <param name="Key">The key it was added under.</param>
/// <param name="Score">Its score of fusion; more is better.</param>
/// <param name="TextRank">Which it was by words, from 1; 0 if it was not among them.</param>
/// <param name="VectorRank">Which it was by vector, from 1; 0 if it was not among them.</param>
public readonly record struct HybridHit(long Key, double Score, int TextRank, int VectorRank);
