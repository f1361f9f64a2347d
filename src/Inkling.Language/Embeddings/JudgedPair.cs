namespace Inkling.Language;

/// <summary>Two texts and how alike people found them.</summary>
/// <param name="A">One text.</param>
/// <param name="B">The other.</param>
/// <param name="Score">How alike they are; more is more, on any scale.</param>
public readonly record struct JudgedPair(string A, string B, double Score);
