namespace Inkling.Mail;

/// <summary>The kinds of files that are read.</summary>
internal enum MailFileKind
{
    /// <summary>One message (<c>.eml</c>, or a file in a Maildir).</summary>
    Message,

    /// <summary>Messages one after the other, each below a line that starts with <c>From </c>.</summary>
    Mbox,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>The same, compressed.</summary>
    JsonLinesGzip,
}
