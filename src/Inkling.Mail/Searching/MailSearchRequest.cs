namespace Inkling.Mail;

/// <summary>What is looked for in a mailbox.</summary>
public sealed record MailSearchRequest
{
    /// <summary>A question, or words, in the user's own way.</summary>
    public required string Text { get; init; }

    /// <summary>How many mails, 1 to 1,000. Default: 10.</summary>
    public int Top { get; init; } = 10;

    /// <summary>A part of the sender's name or address; null for all. Case does not matter.</summary>
    public string? From { get; init; }

    /// <summary>A part of the folder's name; null for all. Case does not matter.</summary>
    public string? Folder { get; init; }

    /// <summary>Only mail of this time or later; null for any. Mail without a date is then left out.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Only mail before this time; null for any. Mail without a date is then left out.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only mail that the user wrote. Default: no.</summary>
    public bool OwnOnly { get; init; }

    /// <summary>What words count against meaning, 0 or more: 0 searches by meaning alone. Default: 1.</summary>
    public double WordWeight { get; init; } = 1;

    /// <summary>What meaning counts against words, 0 or more: 0 searches by words alone. Default: 1.</summary>
    public double MeaningWeight { get; init; } = 1;
}
