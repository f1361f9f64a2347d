using Inkling.Mail;

namespace Inkling.App.Studio.Learning;

/// <summary>Why mail is left out, in words.</summary>
internal static class SkipReasons
{
    /// <summary>The sentence for a reason.</summary>
    public static string Sentence(MailSkipReason reason) => reason switch
    {
        MailSkipReason.NotOwn => "written by somebody else",
        MailSkipReason.Duplicate => "there already",
        MailSkipReason.NoOwnText => "without words of your own: bare forwards, attachments, signatures",
        MailSkipReason.Automatic => "written by a program: bounces, newsletters, invitations",
        MailSkipReason.NotProse => "mostly tables, code or numbers",
        MailSkipReason.BadJson => "lines that are not JSON with a text",
        MailSkipReason.Malformed => "broken, or not mail at all",
        MailSkipReason.TooLong => "with lines too long for mail",
        MailSkipReason.EmptyFile => "empty files",
        MailSkipReason.Unreadable => "files that may not be read",
        MailSkipReason.UnknownKind => "files that are not mail",
        _ => reason.ToString(),
    };
}
