namespace Inkling.Mail;

/// <summary>The completer's answer to a <see cref="CompletionRequest"/>.</summary>
public sealed record Completion
{
    /// <summary>What to show after the caret; null when nothing good enough is known, and <see cref="Reason"/> then says why.</summary>
    public Suggestion? Suggestion { get; init; }

    /// <summary>Every continuation that was considered worth keeping, best first, also when none is shown.</summary>
    public IReadOnlyList<Suggestion> Candidates { get; init; } = [];

    /// <summary>Why nothing is shown, one of <see cref="CompletionReason"/>; null when something is.</summary>
    public string? Reason { get; init; }

    /// <summary>How long the answer took, in milliseconds.</summary>
    public double ElapsedMs { get; init; }
}
