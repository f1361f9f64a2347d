using System.Collections.Immutable;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>Where a study stands, in figures.</summary>
internal sealed record TuneProgress
{
    /// <summary>The number of trials in each state.</summary>
    public required int Complete { get; init; }

    /// <inheritdoc cref="Complete"/>
    public required int Pruned { get; init; }

    /// <inheritdoc cref="Complete"/>
    public required int Failed { get; init; }

    /// <inheritdoc cref="Complete"/>
    public required int Running { get; init; }

    /// <inheritdoc cref="Complete"/>
    public required int Waiting { get; init; }

    /// <summary>The best trial, or of several objectives the front.</summary>
    public required ImmutableArray<TrialRecord> Best { get; init; }

    /// <summary>Trials that will not change any more.</summary>
    public int Finished => Complete + Pruned + Failed;

    /// <summary>Counts.</summary>
    public static TuneProgress Of(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions)
    {
        int Count(TrialState state) => trials.Count(trial => trial.State == state);
        return new TuneProgress
        {
            Complete = Count(TrialState.Complete), Pruned = Count(TrialState.Pruned), Failed = Count(TrialState.Failed), Running = Count(TrialState.Running),
            Waiting = Count(TrialState.Waiting), Best = BestOf(trials, directions),
        };
    }

    /// <summary>The best trial, the first of equals; of several objectives the front.</summary>
    public static ImmutableArray<TrialRecord> BestOf(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions)
    {
        if (directions.Length > 1) return [.. ParetoFront.Of(trials, directions)];
        IEnumerable<TrialRecord> candidates = trials.Where(trial => trial.State == TrialState.Complete && trial.IsFeasible);
        TrialRecord? best = directions[0] == Direction.Minimize ? candidates.MinBy(trial => trial.Values[0]) : candidates.MaxBy(trial => trial.Values[0]);
        return best is null ? [] : [best];
    }

    /// <summary>How long the rest will take, from what the trials of this run took; null while nothing is known.</summary>
    /// <param name="finished">Trials that this run has seen finish.</param>
    /// <param name="elapsed">How long it has run.</param>
    /// <param name="total">Trials of the study in the end.</param>
    public TimeSpan? Remaining(int finished, TimeSpan elapsed, int total)
        => finished == 0 ? null : elapsed / finished * Math.Max(0, total - Finished);
}
