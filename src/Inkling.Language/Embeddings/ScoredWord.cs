namespace Inkling.Language;

/// <summary>A word, and how well it fits what was asked for.</summary>
/// <param name="Word">The word as the table spells it.</param>
/// <param name="Score">Larger is better; for nearest words the cosine, in [−1, 1].</param>
public readonly record struct ScoredWord(string Word, float Score);
