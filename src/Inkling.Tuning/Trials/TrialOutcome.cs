using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>How a trial ended, as it is given to <see cref="IStudyStorage.Finish"/>.</summary>
/// <param name="State">Complete, pruned or failed.</param>
/// <param name="Values">Objective values; empty if it failed.</param>
public sealed record TrialOutcome(TrialState State, ImmutableArray<double> Values)
{
    /// <summary>Constraint values; above 0 is violated.</summary>
    public ImmutableArray<double> Constraints { get; init; } = [];

    /// <summary>What it cost.</summary>
    public double Cost { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
