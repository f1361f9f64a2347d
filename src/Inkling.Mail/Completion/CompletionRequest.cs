namespace Inkling.Mail;

/// <summary>What the completer is asked: the draft up to the caret, and what is known about the mail around it.</summary>
public sealed record CompletionRequest
{
    /// <summary>The draft's body up to the caret. Any text, of any length; only the last few thousand characters matter.</summary>
    public required string Text { get; init; }

    /// <summary>The subject line; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The text of the message being answered; empty for a new mail.</summary>
    public string Previous { get; init; } = "";

    /// <summary>The recipients' addresses or names; empty when unknown.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
}
