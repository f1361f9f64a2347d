namespace Inkling.Mail;

/// <summary>A mail ready to be cut into tokens: all parts normalised.</summary>
/// <param name="Subject">The subject; empty when there is none.</param>
/// <param name="Previous">The beginning of the answered message; empty when there is none.</param>
/// <param name="Body">The author's own text.</param>
/// <param name="Date">When it was written, in UTC ticks; <see cref="Undated"/> when unknown.</param>
/// <param name="Author">Who wrote it, as a hash of the address or name, 0 or more.</param>
/// <param name="IsBackground">Whether it is mail by others that teaches general language only.</param>
internal readonly record struct PreparedMail(string Subject, string Previous, string Body, long Date, int Author, bool IsBackground)
{
    public const long Undated = -1;
}
