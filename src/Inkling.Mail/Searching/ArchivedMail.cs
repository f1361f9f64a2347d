namespace Inkling.Mail;

/// <summary>A mail as the search keeps it.</summary>
internal sealed record ArchivedMail
{
    /// <summary>Of its bytes as they were found, so that what is known need not be read again.</summary>
    public required UInt128 Hash { get; init; }

    /// <summary>The Message-Id or, without one, the hash.</summary>
    public required string Id { get; init; }

    /// <summary>The author's own words; those forwarded where there are none.</summary>
    public required string Text { get; init; }

    public string Subject { get; init; } = "";

    public string From { get; init; } = "";

    public string Sender { get; init; } = "";

    public string InReplyTo { get; init; } = "";

    public string Folder { get; init; } = "";

    public DateTimeOffset? Date { get; init; }

    /// <summary>Who wrote it, for people: name and address, as far as they are known.</summary>
    public string Author => (Sender.Length > 0 && From.Length > 0 && Sender != From ? $"{Sender} <{From}>" : From.Length > 0 ? From : Sender).Replace('\0', ' ');

    /// <summary>Whether it is a record of a data set, whose id may not be its own.</summary>
    public bool OfDataSet { get; init; }

    /// <summary>Whether nothing is left of it but its place.</summary>
    public bool Erased { get; init; }

    /// <summary>Whether the user wrote it.</summary>
    public bool Own { get; init; }

    /// <summary>Whether the text is the user's too, and not one that the user forwarded.</summary>
    public bool OwnWords { get; init; }
}
