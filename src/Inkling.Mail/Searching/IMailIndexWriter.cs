namespace Inkling.Mail;

/// <summary>What indexing asks of the place where a mailbox is kept. For one run, which no other can share.</summary>
internal interface IMailIndexWriter : IDisposable
{
    /// <summary>What is known of all mails. Its <see cref="MailColumns.Owner"/> is kept with them.</summary>
    MailColumns Columns { get; }

    /// <summary>What this machine has read before.</summary>
    SeenFiles Seen { get; }

    /// <summary>Removes mails, and what was written of them.</summary>
    void Remove(IReadOnlyList<int> mails);

    /// <summary>Adds those that are new.</summary>
    void Add(IReadOnlyList<ArchivedMail> mails);

    /// <summary>Makes all that was added outlive this process.</summary>
    void Keep();

    /// <summary>Gives passages to all mails that must have them.</summary>
    /// <returns>Passages there are.</returns>
    int Merge();
}
