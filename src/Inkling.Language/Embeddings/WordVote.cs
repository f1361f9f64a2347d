namespace Inkling.Language;

/// <summary>What a word of a text says about its categories.</summary>
/// <param name="Word">The word, in lower case.</param>
/// <param name="Category">The category that it is nearest to.</param>
/// <param name="Share">How much of its vote that category has, in (0, 1].</param>
public readonly record struct WordVote(string Word, string Category, float Share);
