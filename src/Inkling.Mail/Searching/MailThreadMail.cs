namespace Inkling.Mail;

/// <summary>A mail of a thread.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="Date">When; null when unknown.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">The author's own words.</param>
/// <param name="Own">Whether the user wrote it.</param>
public sealed record MailThreadMail(int Number, string From, DateTimeOffset? Date, string Subject, string Text, bool Own);
