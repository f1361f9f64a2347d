namespace Inkling.Mail;

/// <summary>One mail as the model learns from it: the author's own words and what was around them.</summary>
public sealed record MailMessage
{
    /// <summary>What the author wrote, cleaned of quotes, signature and the like; line breaks are those of the mail, not yet normalised.</summary>
    public required string Text { get; init; }

    /// <summary>The subject; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The message that is answered, cleaned in the same way; empty when there is none or it is not known.</summary>
    public string Previous { get; init; } = "";

    /// <summary>The author's address or, in data sets without addresses, name; empty when unknown.</summary>
    public string From { get; init; } = "";

    /// <summary>The recipients' addresses or names.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>When it was written; null when unknown.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The Message-Id or, without one, an id made from the content.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where it comes from: a data set's own name for its source (<c>enron</c>), else the kind of file (<c>eml</c>, <c>mbox</c>, <c>maildir</c>, <c>jsonl</c>).</summary>
    public string Source { get; init; } = "";
}
