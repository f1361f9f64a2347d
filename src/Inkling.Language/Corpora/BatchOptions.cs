namespace Inkling.Language;

/// <summary>How a <see cref="BatchSource"/> lays sequences out.</summary>
public sealed record BatchOptions
{
    /// <summary>Sequences read side by side, <c>B</c>. Default: 32.</summary>
    public int Lanes { get; init; } = 32;

    /// <summary>Tokens of each lane in a batch, <c>T</c>: how far back-propagation reaches. Default: 64.</summary>
    public int Steps { get; init; } = 64;

    /// <summary>Whether each pass has its own random order. Without it, sequences come as they are and each exactly once. Default: true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Decides the order. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Whether tokens of the head (subject, answered message) are targets too. The model reads them in any case. Default: true, which
    /// teaches more; false is for measuring.
    /// </summary>
    public bool HeadTargets { get; init; } = true;

    /// <summary>
    /// How often a pass reads each group: 1 once, 2 twice, 0.25 a different quarter each time. Default: 1 for every group.
    /// </summary>
    public IReadOnlyList<double> GroupWeights { get; init; } = [];
}
