namespace Inkling.Mail;

/// <summary>One continuation of a draft.</summary>
public sealed record Suggestion
{
    /// <summary>
    /// What follows the caret, character for character, leading space included; in the middle of a word the rest of that word and on.
    /// Never empty, never ends inside a word, never contains a placeholder.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Words in <see cref="Text"/>; the rest of an unfinished word counts as one.</summary>
    public required int Words { get; init; }

    /// <summary>Calibrated probability, 0 to 1, that the whole of <see cref="Text"/> is what the writer types next.</summary>
    public required double Confidence { get; init; }

    /// <summary>Where the suggestion comes from: <c>model</c> for the language model.</summary>
    public string Source { get; init; } = "model";
}
