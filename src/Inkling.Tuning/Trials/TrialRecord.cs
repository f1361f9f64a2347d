using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>All that is known of a trial at one moment. Immutable.</summary>
public sealed record TrialRecord
{
    /// <summary>Its number in the study, from 0, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>What has become of it.</summary>
    public required TrialState State { get; init; }

    /// <summary>Objective values, one a direction; empty unless complete or pruned. Never NaN.</summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>The parameters it has asked for.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Parameters { get; init; } = NoParameters;

    /// <summary>Texts of the values that certain parameters will have (<see cref="Distribution.Text"/>): enqueued ones, or those of a former attempt.</summary>
    public ImmutableSortedDictionary<string, string> Fixed { get; init; } = NoTexts;

    /// <summary>Reported values by step; they may be NaN or infinite.</summary>
    public ImmutableSortedDictionary<int, double> Intermediate { get; init; } = ImmutableSortedDictionary<int, double>.Empty;

    /// <summary>Attributes by name. Names that begin with <c>sampler:</c> belong to samplers.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = NoTexts;

    /// <summary>Constraint values: at most 0 is satisfied, above 0 is by how much it is violated. Empty without constraints.</summary>
    public ImmutableArray<double> Constraints { get; init; } = [];

    /// <summary>What the trial cost, in the unit of <see cref="Budget.Cost"/>; 0 if it did not say.</summary>
    public double Cost { get; init; }

    /// <summary>When the last attempt began; null while nobody has been at it.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The last sign of life of its worker.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>Who is or was at it last.</summary>
    public string? Worker { get; init; }

    /// <summary>How many workers have begun it.</summary>
    public int Attempt { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it is complete, pruned or failed, and will not change any more.</summary>
    public bool IsFinished => State is TrialState.Complete or TrialState.Pruned or TrialState.Failed;

    /// <summary>Whether no constraint is violated.</summary>
    public bool IsFeasible
    {
        get
        {
            foreach (double constraint in Constraints)
            {
                if (!(constraint <= 0)) return false;
            }

            return true;
        }
    }

    /// <summary>How long the last attempt took; null while it runs.</summary>
    public TimeSpan? Duration => Finished - Started;

    /// <summary>The largest step reported; null without reports.</summary>
    public int? LastStep => Intermediate.Count == 0 ? null : Intermediate.Keys.Last();

    /// <summary>No parameters, names in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, ParameterValue> NoParameters { get; } = ImmutableSortedDictionary.Create<string, ParameterValue>(StringComparer.Ordinal);

    /// <summary>No texts, names in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, string> NoTexts { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
