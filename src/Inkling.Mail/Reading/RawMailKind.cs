namespace Inkling.Mail;

/// <summary>What kind of place a mail was found in.</summary>
internal enum RawMailKind
{
    /// <summary>A data set (jsonl): quotes have been parted from the text already, and who wrote it is known.</summary>
    DataSet,

    /// <summary>A mailbox or a single message as a mail program keeps it.</summary>
    Mailbox,
}
