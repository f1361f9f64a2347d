namespace Inkling.Mail;

/// <summary>What is indexed, and where the index is.</summary>
public sealed record MailIndexOptions
{
    /// <summary>Mail: files, Maildirs, folders of any of these (<see cref="MailReader.Read"/>).</summary>
    public required IReadOnlyList<string> Mail { get; init; }

    /// <summary>The folder of the index; made if it is not there. What it has already is kept, and only what is new is added. Not needed with <see cref="Storage"/>.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Where the index is, if not in <see cref="Folder"/>. Default: null.</summary>
    public MailStorage? Storage { get; init; }

    /// <summary>The user's addresses, with commas between, to tell own mail from received; null to find out. Default: null.</summary>
    public string? Me { get; init; }

    /// <summary>Mails that may wait beside the finished index until passages are merged, 0 to 5,000: they are found all the same. Default: 200.</summary>
    public int Waiting { get; init; } = 200;
}
