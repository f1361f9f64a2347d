using Inkling.Mail;

namespace Inkling.App.Studio.Learning;

/// <summary>What was understood of the chosen mail. Also given while reading goes on, with the counts so far.</summary>
public sealed record MailUnderstanding
{
    /// <summary>Mails looked at.</summary>
    public long Read { get; init; }

    /// <summary>Mails kept.</summary>
    public long Kept { get; init; }

    /// <summary>Words the author wrote in them.</summary>
    public long Words { get; init; }

    /// <summary>Mails and files left out, by reason.</summary>
    public IReadOnlyDictionary<MailSkipReason, int> Skipped { get; init; } = new Dictionary<MailSkipReason, int>();

    /// <summary>What the reader decided by itself, such as whom it took for the writer.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Things that were broken, with their file.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A few of the mails kept.</summary>
    public IReadOnlyList<MailMessage> Samples { get; init; } = [];

    /// <summary>The date of the oldest mail kept; null when none has a date.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>The date of the newest mail kept; null when none has a date.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Mails to learn from: all but the newest tenth.</summary>
    public int ToLearn { get; init; }

    /// <summary>Mails held back to score on: the newest tenth.</summary>
    public int ToScore { get; init; }

    /// <summary>Whether there is enough to learn from.</summary>
    public bool IsEnough => ToLearn >= DividedMail.FewestMails && ToScore > 0;
}
