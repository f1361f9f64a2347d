namespace Inkling.Mail;

/// <summary>Which mails a search may find: those that satisfy everything that is given. It is data, so that a server can apply it.</summary>
internal sealed record MailFilter
{
    /// <summary>A part of what <see cref="ArchivedMail.Author"/> says, whatever the case; empty for all.</summary>
    public string Author { get; init; } = "";

    /// <summary>A part of the folder's name, whatever the case; empty for all.</summary>
    public string Folder { get; init; } = "";

    public DateTimeOffset? After { get; init; }

    public DateTimeOffset? Before { get; init; }

    /// <summary>Only what the user sent.</summary>
    public bool Own { get; init; }

    /// <summary>Only what the user sent in words of their own.</summary>
    public bool OwnWords { get; init; }

    /// <summary>Whether all pass.</summary>
    public bool IsEmpty => this is { Author: "", Folder: "", After: null, Before: null, Own: false, OwnWords: false };

    /// <summary>The filter of a request.</summary>
    public static MailFilter Of(MailSearchRequest request) => new()
    {
        Author = request.From?.Trim() ?? "", Folder = request.Folder?.Trim() ?? "", After = request.After, Before = request.Before, Own = request.OwnOnly,
    };
}
