namespace Inkling.Mail;

/// <summary>How far an evaluation is.</summary>
/// <param name="Mails">Mails typed to the end.</param>
/// <param name="Total">Mails that will be typed.</param>
/// <param name="Characters">Characters typed.</param>
/// <param name="WholeSavings">Keystroke savings so far, by accepting whole suggestions.</param>
public sealed record EvaluationProgress(int Mails, int Total, long Characters, double WholeSavings);
