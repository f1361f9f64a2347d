namespace Inkling.App.Studio.Learning;

/// <summary>The chosen mail, read and divided by date.</summary>
/// <param name="Understanding">What was understood of it.</param>
/// <param name="LearnFile">The older nine tenths, a JSON object a line.</param>
/// <param name="ScoreFile">The newest tenth, which training never sees.</param>
public sealed record DividedMail(MailUnderstanding Understanding, string LearnFile, string ScoreFile)
{
    /// <summary>Fewer mails than this teach nothing.</summary>
    public const int FewestMails = 20;
}
