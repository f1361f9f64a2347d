using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>How <see cref="Tsne"/> lays out a map.</summary>
public sealed record TsneOptions
{
    /// <summary>About how many neighbours count for each point, at least 1; at most a third of the points is used. Default: 30.</summary>
    public double Perplexity { get; init; } = 30;

    /// <summary>Steps, at least 1. Default: 500.</summary>
    public int Iterations { get; init; } = 500;

    /// <summary>Who works; null, the default, for one thread a processor.</summary>
    public Team? Team { get; init; }
}
