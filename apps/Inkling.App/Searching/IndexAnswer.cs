using Inkling.Mail;

namespace Inkling.App.Searching;

/// <summary>What indexing did, as programs get it.</summary>
/// <param name="Folder">The index: a folder, or the address of a data base without its password.</param>
/// <param name="Mails">Mails in it.</param>
/// <param name="Added">New ones among them.</param>
/// <param name="Gone">Mails that have left it, because they are no longer in the mailbox.</param>
/// <param name="Passages">Passages.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Warnings">What could not be read.</param>
internal sealed record IndexAnswer(string Folder, int Mails, int Added, int Gone, int Passages, double Seconds, IReadOnlyList<string> Warnings)
{
    /// <summary>Makes one.</summary>
    public static IndexAnswer Of(string folder, MailIndexResult result) =>
        new(folder, result.Mails, result.Added, result.Gone, result.Passages, Math.Round(result.Elapsed.TotalSeconds, 2), result.Reading.Warnings);
}
