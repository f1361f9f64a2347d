namespace Inkling.Text;

/// <summary>A text that was found.</summary>
/// <param name="Key">The key it was added under.</param>
/// <param name="Score">How well it fits, above 0; more is better. Scores of different queries do not compare.</param>
public readonly record struct TextHit(long Key, float Score);
