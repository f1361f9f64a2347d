using Inkling.Training.Metrics;

namespace Inkling.Training.Logs;

/// <summary>What a run knew at one of its validations.</summary>
public sealed record EpochRecord
{
    /// <summary>Passes over the data done, with fraction.</summary>
    public required double Epoch { get; init; }

    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>The mean training loss since the record before, dropout and all.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The loss on what is held out.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>The metrics on what is held out.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>The learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The global norm of the last gradient, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Time spent, pauses not counted.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether it was the best so far.</summary>
    public required bool Improved { get; init; }
}
