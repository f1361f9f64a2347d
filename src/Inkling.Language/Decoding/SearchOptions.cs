namespace Inkling.Language;

/// <summary>How far a <see cref="ContinuationSearch"/> looks. Every bound is a count of work, never a time: answers do not depend on the clock.</summary>
public sealed record SearchOptions
{
    /// <summary>Continuations followed at the same time, 1 to 16.</summary>
    public int BeamWidth { get; init; } = 5;

    /// <summary>Words a continuation has at most, 1 to 16; the rest of an unfinished word counts as one.</summary>
    public int MaxWords { get; init; } = 8;

    /// <summary>UTF-8 bytes a continuation has at most.</summary>
    public int MaxBytes { get; init; } = 96;

    /// <summary>UTF-8 bytes of an unfinished word beyond which nothing is looked for.</summary>
    public int MaxTypedBytes { get; init; } = 64;

    /// <summary>Model steps spent at most on the ways in which the typed letters can be cut into pieces.</summary>
    public int MaxCoverSteps { get; init; } = 10;

    /// <summary>A way to cut the typed letters is left aside when it is less likely than this share of those already found, 0 to 1.</summary>
    public double CoverTolerance { get; init; } = 0.01;

    /// <summary>Words up to which unlikely continuations are followed, so that there are candidates even where none will be shown.</summary>
    public int ExploreWords { get; init; } = 2;

    /// <summary>Probability below which a continuation of up to <see cref="ExploreWords"/> words is dropped.</summary>
    public double ExploreFloor { get; init; } = 0.004;

    /// <summary>The same inside a word or right after one, where the next letter will tell more.</summary>
    public double InsideFloor { get; init; } = 0.05;

    /// <summary>Probability below which a longer continuation is dropped.</summary>
    public double ExtendFloor { get; init; } = 0.08;

    /// <summary>Model steps spent at most on one search.</summary>
    public int MaxSteps { get; init; } = 64;
}
