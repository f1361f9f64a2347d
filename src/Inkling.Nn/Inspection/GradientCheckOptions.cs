namespace Inkling.Nn;

/// <summary>How a <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>Elements looked at in each parameter, drawn at random; all of smaller ones. Default: 12.</summary>
    public int SamplesPerParameter { get; init; } = 12;

    /// <summary>By how much an element is moved, times the larger of its magnitude and 0.1. Default: 0.02, which suits 32-bit numbers: a smaller one drowns in rounding.</summary>
    public double Step { get; init; } = 0.02;

    /// <summary>The relative difference allowed. Default: 0.02. To it comes what rounding of the loss explains.</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>Seed of the elements drawn and of the tape's randomness. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;
}
