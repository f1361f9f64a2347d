namespace Inkling.Vectors;

/// <summary>A vector that was found.</summary>
/// <param name="Key">The key it was added under.</param>
/// <param name="Distance">How far it is from the query, as <see cref="Metric"/> says; less is nearer. For cosine, <c>1 − Distance</c> is the likeness.</param>
public readonly record struct VectorHit(long Key, float Distance);
