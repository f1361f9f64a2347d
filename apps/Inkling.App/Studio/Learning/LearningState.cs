namespace Inkling.App.Studio.Learning;

/// <summary>Everything the page shows of learning, at one moment. Immutable.</summary>
public sealed record LearningState
{
    /// <summary>How far it has come.</summary>
    public LearningPhase Phase { get; init; }

    /// <summary>The mail chosen; null before.</summary>
    public MailChoice? Choice { get; init; }

    /// <summary>What was understood of it; null before.</summary>
    public MailUnderstanding? Understanding { get; init; }

    /// <summary>How it learns; null before.</summary>
    public LearningPlan? Plan { get; init; }

    /// <summary>Whether training stands still.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether it was asked to stop and is coming to its end.</summary>
    public bool Stopping { get; init; }

    /// <summary>Where training stands; null before.</summary>
    public TeachingReport? Report { get; init; }

    /// <summary>Training loss so far.</summary>
    public IReadOnlyList<CurvePoint> TrainingCurve { get; init; } = [];

    /// <summary>Validation loss so far.</summary>
    public IReadOnlyList<CurvePoint> ValidationCurve { get; init; } = [];

    /// <summary>How far scoring has come, 0 to 1.</summary>
    public double Scored { get; init; }

    /// <summary>The model it started from on the newest mail; null before that was scored.</summary>
    public LearningScores? Before { get; init; }

    /// <summary>The new model on the same mail; null before that was scored.</summary>
    public LearningScores? After { get; init; }

    /// <summary>What went wrong, for the reader of the page; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Whether something is under way that must end before another thing can begin.</summary>
    public bool IsBusy => Phase is LearningPhase.Reading or LearningPhase.ScoringBefore or LearningPhase.Training or LearningPhase.ScoringAfter;
}
