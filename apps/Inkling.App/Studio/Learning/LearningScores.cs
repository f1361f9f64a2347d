namespace Inkling.App.Studio.Learning;

/// <summary>How well a model completes held-back mail; all figures are shares from 0 to 1, defined as those of <c>inkling evaluate</c>.</summary>
public sealed record LearningScores
{
    /// <summary>Mails scored on.</summary>
    public int Mails { get; init; }

    /// <summary>Keystrokes saved by a typist who accepts whole suggestions.</summary>
    public double SavingsWhole { get; init; }

    /// <summary>Keystrokes saved by a typist who accepts word by word.</summary>
    public double SavingsWord { get; init; }

    /// <summary>Share of the suggestions shown that are right in full.</summary>
    public double Precision { get; init; }

    /// <summary>Share of the positions at which a suggestion is shown.</summary>
    public double Coverage { get; init; }

    /// <summary>Share of the word boundaries at which the next two words are right.</summary>
    public double ExactMatch2 { get; init; }
}
