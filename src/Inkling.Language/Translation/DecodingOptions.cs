namespace Inkling.Language;

/// <summary>How a <see cref="SequenceDecoder"/> looks for the best target.</summary>
public sealed record DecodingOptions
{
    /// <summary>Beginnings that are followed at once, at least 1; 1 takes the likeliest symbol at each step (greedy). Default: 5.</summary>
    public int BeamSize { get; init; } = 5;

    /// <summary>
    /// α in the score <c>ln P / n^α</c> of a target of n symbols, its end counted: 0 favours short ones, 1, the default, compares the mean for each symbol.
    /// </summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>Symbols after which a target is cut off, at least 1; null, the default, for twice those of the source and 20.</summary>
    public int? LongestTarget { get; init; }

    /// <summary>Symbols that a source may have, at least 1. Default: 1,000.</summary>
    public int LongestSource { get; init; } = 1_000;

    /// <summary>Sources that are decoded together, at least 1: more are faster and take more memory. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BeamSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestSource, 1);
        if (LongestTarget is int longest) ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1, nameof(LongestTarget));
        if (!double.IsFinite(LengthPenalty)) throw new ArgumentOutOfRangeException(nameof(LengthPenalty), LengthPenalty, "SequenceDecoder: the length penalty must be finite.");
    }

    internal double Score(double logProbability, int symbols) => logProbability / Math.Pow(symbols, LengthPenalty);

    internal int Longest(int source) => LongestTarget ?? ((2 * source) + 20);
}
