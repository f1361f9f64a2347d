namespace Inkling.Mail;

/// <summary>The words with which <see cref="Completion.Reason"/> says why nothing is shown. They are part of the HTTP contract.</summary>
public static class CompletionReason
{
    /// <summary>There are candidates, but none is likely enough to be worth the reader's glance.</summary>
    public const string BelowThreshold = "below-threshold";

    /// <summary>There is no text to go on: draft, subject and answered message are all empty.</summary>
    public const string NothingToComplete = "nothing-to-complete";

    /// <summary>The model knows no way to continue what was typed (letters it has never seen in this order, say).</summary>
    public const string NoCandidates = "no-candidates";

    /// <summary>The caret stands in something private (a number, an address, a link), which is never completed.</summary>
    public const string Privacy = "privacy";
}
