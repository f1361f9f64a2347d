namespace Inkling.Tuning;

/// <summary>When a run of a study ends. Trials that have begun are finished; without any limit it ends with its sampler (grid) or when it is cancelled.</summary>
public sealed record Budget
{
    /// <summary>Trials this call begins at most; null for no limit.</summary>
    public int? Trials { get; init; }

    /// <summary>
    /// Trials the study has at last, those of other workers and earlier runs included; null for no limit. The call then waits for the trials of other workers and
    /// takes them over should a worker die, so that in the end every trial is finished.
    /// </summary>
    public int? TotalTrials { get; init; }

    /// <summary>How long this call begins trials; null for no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>What all trials of the study may cost together (<see cref="Trial.AddCost"/>), in any unit; null for no limit.</summary>
    public double? Cost { get; init; }

    /// <summary>A budget of trials.</summary>
    /// <param name="trials">Trials this call begins at most.</param>
    public static Budget OfTrials(int trials) => new() { Trials = trials };

    /// <summary>A budget of trials.</summary>
    /// <param name="trials">Trials this call begins at most.</param>
    public static implicit operator Budget(int trials) => OfTrials(trials);

    internal Budget Checked()
    {
        if (Trials < 0 || TotalTrials < 0 || Time < TimeSpan.Zero || Cost is { } cost && !(cost >= 0)) throw new ArgumentException($"Budget: {this} is negative; give limits of 0 or more.");
        return this;
    }
}
