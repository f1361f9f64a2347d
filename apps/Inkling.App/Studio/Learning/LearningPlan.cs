using Inkling.App.Training;

namespace Inkling.App.Studio.Learning;

/// <summary>How to learn.</summary>
public sealed record LearningPlan
{
    /// <summary>The model folder to go on from.</summary>
    public required string From { get; init; }

    /// <summary>How it is called on the page.</summary>
    public string FromName { get; init; } = "";

    /// <summary>Minutes of training at most; it ends earlier when validation no longer improves.</summary>
    public double Minutes { get; init; } = 15;

    /// <summary>Values found by tuning; null for the usual ones. Widths do not count: the model's stay as they are.</summary>
    public TrainingValues? Values { get; init; }
}
