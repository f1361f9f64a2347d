namespace Inkling.Mail;

/// <summary>A mail as it was found, before cleaning and choosing.</summary>
internal sealed record RawMail
{
    /// <summary>The body as text: all of it from mailboxes, the author's part from data sets.</summary>
    public required string Text { get; init; }

    public required RawMailKind Kind { get; init; }

    public string Subject { get; init; } = "";

    /// <summary>The quoted part, where the source keeps it apart.</summary>
    public string Quoted { get; init; } = "";

    public string From { get; init; } = "";

    /// <summary>The author's name, where the source keeps it beside the address.</summary>
    public string Sender { get; init; } = "";

    public IReadOnlyList<string> To { get; init; } = [];

    public DateTimeOffset? Date { get; init; }

    public string Id { get; init; } = "";

    public string InReplyTo { get; init; } = "";

    public required string Source { get; init; }

    /// <summary>Whether it lies in a folder of sent mail.</summary>
    public bool Sent { get; init; }

    /// <summary>Whether its headers say that a program sent it (bulk, list, automatic reply, delivery report).</summary>
    public bool Automatic { get; init; }
}
