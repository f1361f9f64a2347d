namespace Inkling.Numerics;

/// <summary>What becomes of a product or distance <c>d</c>: <c>Offset + Factor · d</c>.</summary>
/// <param name="Offset">1 turns a cosine into a distance with factor −1.</param>
/// <param name="Factor">−1 turns a likeness into a distance.</param>
internal readonly record struct Affine(float Offset, float Factor);
