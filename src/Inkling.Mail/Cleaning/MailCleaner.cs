namespace Inkling.Mail;

/// <summary>Finds the author's own words in a mail, and what of the answered message is worth reading before them.</summary>
public static class MailCleaner
{
    /// <summary>The answered message as context: without header lines, quote marks and what it quotes itself.</summary>
    /// <param name="text">A quoted part, or a whole message, as text. Cleaning twice changes nothing.</param>
    public static string CleanPrevious(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim();
    }
}
