namespace Inkling.Mail;

/// <summary>Where <see cref="MailTraining"/> stands.</summary>
public sealed record TrainingReport
{
    /// <summary>What is being done: one of <see cref="TrainingStage"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>Steps done in this stage: mails while reading, training steps while training.</summary>
    public long Step { get; init; }

    /// <summary>Steps of this stage; 0 when not known. A time limit may end training earlier.</summary>
    public long Steps { get; init; }

    /// <summary>Passes over the mail done, with fraction.</summary>
    public double Epoch { get; init; }

    /// <summary>Training loss in nats per token.</summary>
    public double Loss { get; init; }

    /// <summary><c>e^Loss</c>.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>The loss of the last validation, in nats per token.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The lowest validation loss so far, in nats per token.</summary>
    public double? BestValidationLoss { get; init; }

    /// <summary>The last validation in bits per character of the author's own text.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; init; }

    /// <summary>Tokens read in a second of training.</summary>
    public double TokensPerSecond { get; init; }

    /// <summary>Time spent in training, pauses not counted; in other stages, time since the start.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Estimated time to the end of training; null when not known.</summary>
    public TimeSpan? Remaining { get; init; }
}
