using Inkling.Mail;

namespace Inkling.App.Web;

/// <summary>What <c>POST /v1/completions</c> and <c>complete --json</c> answer.</summary>
public sealed record CompletionAnswer
{
    /// <summary>What to show after the caret; null when nothing good enough is known.</summary>
    public ShownSuggestion? Suggestion { get; init; }

    /// <summary>What was considered, best first, also when nothing is shown.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Why nothing is shown: <c>below-threshold</c>, <c>nothing-to-complete</c>, <c>privacy</c>, <c>no-candidates</c>; null when something is.</summary>
    public string? Reason { get; init; }

    /// <summary>How long the completer took, in milliseconds.</summary>
    public double ElapsedMs { get; init; }

    /// <summary>Puts the completer's answer in the form of the contract.</summary>
    public static CompletionAnswer From(Completion completion) => new()
    {
        Suggestion = completion.Suggestion is { } shown
            ? new ShownSuggestion(shown.Text, shown.Words, Round(shown.Confidence), shown.Source) : null,
        Candidates = [.. completion.Candidates.Select(one => new Candidate(one.Text, Round(one.Confidence), one.Source))],
        Reason = completion.Reason,
        ElapsedMs = Math.Round(completion.ElapsedMs, 3),
    };

    private static double Round(double confidence) => Math.Round(confidence, 4);
}

/// <summary>A suggestion that is shown.</summary>
/// <param name="Text">What follows the caret, character for character, leading space included.</param>
/// <param name="Words">How many words it has; the rest of a word counts as one.</param>
/// <param name="Confidence">The calibrated probability, 0 to 1, that all of it is what the writer types next.</param>
/// <param name="Source">Where it comes from, for example <c>model</c>.</param>
public sealed record ShownSuggestion(string Text, int Words, double Confidence, string Source);

/// <summary>A continuation that was considered.</summary>
/// <param name="Text">What would follow the caret.</param>
/// <param name="Confidence">The calibrated probability, 0 to 1, that all of it is what the writer types next.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record Candidate(string Text, double Confidence, string Source);
