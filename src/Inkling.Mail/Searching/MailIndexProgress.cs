namespace Inkling.Mail;

/// <summary>How far indexing is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Mails">Mails in the index so far, found before or new.</param>
/// <param name="Added">New ones among them.</param>
/// <param name="Share">How much of the stage is done, 0 … 1.</param>
/// <param name="Elapsed">Since the beginning, without pauses.</param>
/// <param name="Remaining">How long it may still take; null while that is anybody's guess.</param>
public readonly record struct MailIndexProgress(MailIndexStage Stage, long Mails, long Added, double Share, TimeSpan Elapsed, TimeSpan? Remaining);
