namespace Inkling.Training;

/// <summary>Where a training run stands.</summary>
public sealed record TrainerProgress
{
    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Steps planned; a time limit may end the run earlier.</summary>
    public required long Steps { get; init; }

    /// <summary>Passes over the data done, with fraction.</summary>
    public required double Epoch { get; init; }

    /// <summary>Whether a validation is running just now.</summary>
    public bool Validating { get; init; }

    /// <summary>Mean training loss since the last report that had one; nats for language models.</summary>
    public required double Loss { get; init; }

    /// <summary><c>e^Loss</c>: among how many equally likely choices the model is as unsure.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>The learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The global norm of the last gradient, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Items (tokens) processed in a second of training, validation not counted; smoothed.</summary>
    public required double ItemsPerSecond { get; init; }

    /// <summary>The last validation, if there was one.</summary>
    public ValidationResult? Validation { get; init; }

    /// <summary>The lowest validation loss so far.</summary>
    public double? BestLoss { get; init; }

    /// <summary>Time spent, pauses not counted, with earlier parts of a resumed run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Estimated time to the end; null before the first step.</summary>
    public TimeSpan? Remaining { get; init; }
}
