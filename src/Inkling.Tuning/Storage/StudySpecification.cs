using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>What a study is created with and keeps.</summary>
/// <param name="Name">Its name; not empty, one of a kind in its storage.</param>
/// <param name="Directions">One direction an objective; at least one.</param>
/// <param name="Seed">Seed of all samplers' random numbers. With one worker the same seed gives the same trials.</param>
public sealed record StudySpecification(string Name, ImmutableArray<Direction> Directions, ulong Seed)
{
    /// <summary>Attributes by name, such as the command that is tuned.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = TrialRecord.NoTexts;

    /// <summary>Checks what was given; storages call it before they create a study.</summary>
    /// <exception cref="ArgumentException">The name is empty, or there is no direction.</exception>
    public StudySpecification Checked()
    {
        if (string.IsNullOrWhiteSpace(Name)) throw new ArgumentException("Study: the name is empty; give one.");
        if (Directions.IsDefaultOrEmpty) throw new ArgumentException($"Study: \"{Name}\" has no direction; give one for each objective.");
        return this;
    }
}
