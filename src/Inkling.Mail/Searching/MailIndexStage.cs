namespace Inkling.Mail;

/// <summary>What indexing is doing.</summary>
public enum MailIndexStage
{
    /// <summary>Mail is read and cleaned.</summary>
    Reading,

    /// <summary>Passages become vectors and terms.</summary>
    Indexing,

    /// <summary>All is done.</summary>
    Done,
}
