namespace Inkling.Mail;

/// <summary>How much work goes into calibrating a model, and what is wanted of it.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Keystrokes of validation mail at which completions are judged, spread evenly over the mails; at least 200.</summary>
    public int Positions { get; init; } = 8_000;

    /// <summary>Tokens of validation mail on which the shares of the mixture are fitted.</summary>
    public int Tokens { get; init; } = 12_000;

    /// <summary>Share of the suggestions shown that should be right, 0 to 1. The threshold is the lowest that reaches it.</summary>
    public double TargetPrecision { get; init; } = 0.62;

    /// <summary>
    /// After this long, what has been judged has to do, if it is enough. Mails are judged in the order given: give them well mixed. Default: a minute.
    /// </summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Characters of a mail that are looked at, from its start.</summary>
    public int MostCharacters { get; init; } = 1_000;
}

/// <summary>A mail to calibrate on: what a writer typed, and around what.</summary>
/// <param name="Text">The author's own words.</param>
/// <param name="Subject">The subject; empty when there is none.</param>
/// <param name="Previous">The answered message; empty when there is none.</param>
public readonly record struct CalibrationMail(string Text, string Subject, string Previous);

/// <summary>How a calibration went.</summary>
public sealed record CalibrationReport
{
    /// <summary>What is to be stored with the model.</summary>
    public required CompletionSettings Settings { get; init; }

    /// <summary>Keystrokes judged.</summary>
    public required int Positions { get; init; }

    /// <summary>Share of the keystrokes at which something is shown.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of the shown that is right.</summary>
    public required double Precision { get; init; }

    /// <summary>
    /// How well confidence agrees with what came true. Each half of the mails is judged with the calibration of the other half, so this is
    /// what new mail may expect.
    /// </summary>
    public required CalibrationFigures Calibration { get; init; }
}
