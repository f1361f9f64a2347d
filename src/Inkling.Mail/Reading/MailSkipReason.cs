namespace Inkling.Mail;

/// <summary>Why a mail, or a whole file, was left out.</summary>
public enum MailSkipReason
{
    /// <summary>Somebody else wrote it.</summary>
    NotOwn,

    /// <summary>It was there already: the same Message-Id, or the same words.</summary>
    Duplicate,

    /// <summary>Nothing of the author's own is in it (a bare forward, an attachment, a signature).</summary>
    NoOwnText,

    /// <summary>A program wrote it: bounces, reports, newsletters, calendar invitations.</summary>
    Automatic,

    /// <summary>It is mostly tables, code, numbers or quoted lists.</summary>
    NotProse,

    /// <summary>The line is not a JSON object with a <c>text</c>.</summary>
    BadJson,

    /// <summary>It is no mail: no headers, binary, nested too deeply or otherwise broken.</summary>
    Malformed,

    /// <summary>A line or a header block is longer than any mail's.</summary>
    TooLong,

    /// <summary>The file is empty.</summary>
    EmptyFile,

    /// <summary>The file or folder may not be read, or vanished.</summary>
    Unreadable,

    /// <summary>The file is of a kind that is not read (its name does not say mail, or it is not what its name says).</summary>
    UnknownKind,
}
