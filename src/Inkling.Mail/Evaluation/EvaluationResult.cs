namespace Inkling.Mail;

/// <summary>The figures of an evaluation. A <em>position</em> is every boundary between two characters of the author's own text.</summary>
public sealed record EvaluationResult
{
    /// <summary>Mails typed.</summary>
    public required int Mails { get; init; }

    /// <summary>Characters (Unicode code points) typed.</summary>
    public required long Characters { get; init; }

    /// <summary>Bits that the model needs for a character of the mails' text; null when it was not asked for.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>
    /// By number of words "1" to "5": of the starts of words after which at least so many words follow in the sentence, the share at which
    /// the first so many words of the best candidate are right, at any confidence. Numbers of words that never occur are absent.
    /// </summary>
    public required IReadOnlyDictionary<string, double> ExactMatch { get; init; }

    /// <summary>Share of positions at which a suggestion is shown. Suggestions of one character save nothing and do not count.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of the shown suggestions that match the text that follows in full, and do not stop inside a word of it.</summary>
    public required double PrecisionWhenShown { get; init; }

    /// <summary>Characters of a shown suggestion on average.</summary>
    public required double MeanShownChars { get; init; }

    /// <summary>Keys saved by accepting suggestions.</summary>
    public required KeystrokeSavings KeystrokeSavings { get; init; }

    /// <summary>How long answers took.</summary>
    public required LatencyFigures LatencyMs { get; init; }

    /// <summary>Most memory that the program has held so far, in MB (2^20 bytes).</summary>
    public required double PeakMemoryMB { get; init; }

    /// <summary>How well the confidence of the best candidate tells whether it is right, at all positions where there is one.</summary>
    public required CalibrationFigures Calibration { get; init; }

    /// <summary>The same for the suggestions that were shown.</summary>
    public required CalibrationFigures CalibrationWhenShown { get; init; }

    /// <summary>The figures by <see cref="MailMessage.Source"/>, when there is more than one; else empty.</summary>
    public IReadOnlyDictionary<string, EvaluationResult> Sources { get; init; } = new Dictionary<string, EvaluationResult>();
}
