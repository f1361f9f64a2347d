namespace Inkling.Mail;

/// <summary>How a <see cref="Completer"/> works; the defaults are what the program uses.</summary>
public sealed record CompleterOptions
{
    /// <summary>Confidence below which nothing is shown, 0 to 1; null takes the one stored with the model.</summary>
    public double? Threshold { get; init; }

    /// <summary>Continuations followed at the same time, 1 to 16.</summary>
    public int BeamWidth { get; init; } = 5;

    /// <summary>Words a suggestion may have at most, 1 to 16.</summary>
    public int MaxWords { get; init; } = 8;

    /// <summary>Candidates returned at most, 1 to 32.</summary>
    public int MaxCandidates { get; init; } = 8;

    internal void Validate()
    {
        if (Threshold is { } threshold && !(threshold >= 0 && threshold <= 1))
            throw new ArgumentOutOfRangeException(nameof(Threshold), threshold, "CompleterOptions: the threshold is a probability. Give one from 0 to 1.");
        Check(nameof(BeamWidth), BeamWidth, 16);
        Check(nameof(MaxWords), MaxWords, 16);
        Check(nameof(MaxCandidates), MaxCandidates, 32);
    }

    private static void Check(string name, int value, int most)
    {
        if (value < 1 || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"CompleterOptions: {name} must lie between 1 and {most}.");
    }
}
