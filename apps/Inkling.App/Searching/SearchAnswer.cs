using Inkling.Mail;

namespace Inkling.App.Searching;

/// <summary>A mail that was found, as programs get it.</summary>
/// <param name="Id">The Message-Id, or what stands for it.</param>
/// <param name="Score">How well it fits, 0 … 1.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="Date">When; null when unknown.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Snippet">What fits best of it.</param>
/// <param name="Folder">The folder, or the file of a mailbox.</param>
internal sealed record SearchAnswer(string Id, double Score, string From, DateTimeOffset? Date, string Subject, string Snippet, string Folder)
{
    /// <summary>Makes one.</summary>
    public static SearchAnswer Of(MailHit hit) => new(hit.Id, hit.Score, hit.From, hit.Date, hit.Subject, hit.Snippet, hit.Folder);
}
