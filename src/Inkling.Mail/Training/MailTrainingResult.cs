using Inkling.Training;

namespace Inkling.Mail;

/// <summary>What <see cref="MailTraining"/> did.</summary>
public sealed record MailTrainingResult
{
    /// <summary>Why training ended.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>Where numbers that are not finite came from, when <see cref="Reason"/> is <see cref="StopReason.Diverged"/>; else null.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>The folder of the model.</summary>
    public required string Folder { get; init; }

    /// <summary>A picture of training and validation loss against passes, SVG.</summary>
    public required string Curves { get; init; }

    /// <summary>Training steps done, earlier parts of a resumed run included.</summary>
    public required long Steps { get; init; }

    /// <summary>The step after which the kept model was found.</summary>
    public required long BestStep { get; init; }

    /// <summary>Time spent in training.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Loss of the kept model on held-out mail, in nats per token.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The same in bits per character of the author's own text.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>Mails learnt from.</summary>
    public required int TrainingMails { get; init; }

    /// <summary>Mails held out.</summary>
    public required int ValidationMails { get; init; }

    /// <summary>Tokens learnt from.</summary>
    public required long TrainingTokens { get; init; }

    /// <summary>How far the model's confidence can be trusted; null when too little mail was held out to tell, or it was cancelled.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>What was understood of the mail.</summary>
    public required MailReadReport Mail { get; init; }
}
