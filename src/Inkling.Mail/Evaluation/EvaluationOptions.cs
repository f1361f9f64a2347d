namespace Inkling.Mail;

/// <summary>What an evaluation looks at; the defaults are those of the outside judge, a simulated typist.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Mails that are typed; drawn at random from those of fitting length.</summary>
    public int Mails { get; init; } = 60;

    /// <summary>Fewest characters of a mail that is drawn.</summary>
    public int MinCharacters { get; init; } = 80;

    /// <summary>Most characters of a mail that is drawn.</summary>
    public int MaxCharacters { get; init; } = 1500;

    /// <summary>Characters of each mail that are typed.</summary>
    public int TypedCharacters { get; init; } = 400;

    /// <summary>Decides which mails are drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// The bits that the model needs for a mail's text, given what is known before it; null asks the completer, or, where there is none,
    /// leaves <see cref="EvaluationResult.BitsPerCharacter"/> out.
    /// </summary>
    public Func<MailMessage, double>? Bits { get; init; }
}
