namespace Inkling.Mail;

/// <summary>What indexing did.</summary>
/// <param name="Mails">Mails in the index.</param>
/// <param name="Added">New ones among them.</param>
/// <param name="Passages">Passages in the index, waiting mails not counted.</param>
/// <param name="Elapsed">How long it took, without pauses.</param>
/// <param name="Reading">What was understood of the mail.</param>
public sealed record MailIndexResult(int Mails, int Added, int Passages, TimeSpan Elapsed, MailReadReport Reading)
{
    /// <summary>Mails that have left the index, because they are no longer in the mailbox.</summary>
    public int Gone { get; init; }
}
