namespace Inkling.Language;

/// <summary>All trainers of word vectors by name.</summary>
public static class WordVectorTrainers
{
    /// <summary>All of them, the most common first.</summary>
    public static IReadOnlyList<IWordVectorTrainer> All { get; } = [new SkipGramTrainer(), new CbowTrainer(), new SubwordTrainer(), new GloveTrainer()];

    /// <summary>The trainer of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IWordVectorTrainer Named(string name) => All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"there is no way '{name}' to learn word vectors; there are {string.Join(", ", All.Select(one => one.Name))}");
}
