using System.Collections.Immutable;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>One of several choices without an order. A value is the place of the choice.</summary>
public sealed record CategoricalDistribution : Distribution
{
    /// <summary>Creates the choices.</summary>
    /// <param name="choices">Their texts; at least one, no two alike.</param>
    /// <exception cref="SearchSpaceException">There is none, or two are alike.</exception>
    public CategoricalDistribution(ImmutableArray<string> choices)
    {
        if (choices.IsDefaultOrEmpty) throw new SearchSpaceException("Choices: there is none; give at least one.");
        if (choices.GroupBy(choice => choice, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new SearchSpaceException($"Choices: \"{twice.Key}\" is there {twice.Count()} times; every choice needs a text of its own.");
        Choices = choices;
    }

    /// <summary>The texts of the choices.</summary>
    public ImmutableArray<string> Choices { get; }

    /// <inheritdoc/>
    public override double Count => Choices.Length;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= 0 && value < Choices.Length && value == Math.Floor(value);

    /// <inheritdoc/>
    public override double ToUnit(double value) => (value + 0.5) / Choices.Length;

    /// <inheritdoc/>
    public override double FromUnit(double unit) => Math.Min(Math.Floor(Math.Clamp(unit, 0, 1) * Choices.Length), Choices.Length - 1);

    /// <inheritdoc/>
    public override string Text(double value) => Choices[(int)value];

    /// <inheritdoc/>
    public override double Parse(string text)
        => Choices.IndexOf(text) is >= 0 and int place ? place : throw new SearchSpaceException($"Value: {text} is none of the choices {string.Join(", ", Choices)}.");

    /// <inheritdoc/>
    public override bool IsCompatible(Distribution other) => Equals(other as CategoricalDistribution);

    /// <inheritdoc/>
    public bool Equals(CategoricalDistribution? other) => other is not null && Choices.SequenceEqual(other.Choices, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Choices.Aggregate(17, (hash, choice) => HashCode.Combine(hash, choice));

    private protected override void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "categorical");
        writer.WriteStartArray("choices");
        foreach (string choice in Choices) writer.WriteStringValue(choice);
        writer.WriteEndArray();
    }
}
