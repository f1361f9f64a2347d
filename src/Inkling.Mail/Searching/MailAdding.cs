namespace Inkling.Mail;

/// <summary>What a mail was that was to be added.</summary>
internal enum MailAdding
{
    /// <summary>It was there.</summary>
    Known,

    /// <summary>It was not there.</summary>
    New,

    /// <summary>It was there as somebody else's: this copy shows that the user sent it.</summary>
    FoundToBeOwn,
}
