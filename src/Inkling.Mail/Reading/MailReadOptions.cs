namespace Inkling.Mail;

/// <summary>How <see cref="MailReader"/> reads; the defaults are what the program uses.</summary>
public sealed record MailReadOptions
{
    /// <summary>
    /// The writer's address (several, separated by commas or semicolons, for people with more than one); null to find out:
    /// mail in a Sent folder is the writer's, else the most frequent sender is taken for the writer. Data sets (jsonl) are then kept whole.
    /// </summary>
    public string? Me { get; init; }

    /// <summary>Whether data sets (jsonl) are cleaned too. False keeps their text exactly as it stands, as an evaluation wants it.</summary>
    public bool CleanDataSets { get; init; } = true;

    /// <summary>Whether mail by machines, and mail that is mostly tables, code or lists, is left out.</summary>
    public bool ProseOnly { get; init; } = true;

    /// <summary>Fewest characters of own text that are worth keeping.</summary>
    public int MinCharacters { get; init; } = 2;

    /// <summary>Characters of own text that are kept of one mail; the rest is cut at a line break.</summary>
    public int MaxCharacters { get; init; } = 20_000;

    /// <summary>Bytes of one mail that are read; what comes after (attachments, as a rule) is passed over.</summary>
    public int MaxMessageBytes { get; init; } = 2 << 20;
}
