namespace Inkling.Mail;

/// <summary>
/// Keeps what the model has read of one draft between keystrokes, so that typing a character costs at most one model step.
/// Answers are the same with and without one. May be used from several threads; calls then take turns.
/// </summary>
public sealed class DraftSession
{
    internal DraftSession(Completer owner) => Owner = owner;

    internal Completer Owner { get; }
}
