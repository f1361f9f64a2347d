namespace Inkling.Mail;

/// <summary>The header fields that mail programs repeat above a quoted message.</summary>
internal enum HeaderField
{
    None,
    From,
    Sent,
    To,
    Subject,
    Other,
}
