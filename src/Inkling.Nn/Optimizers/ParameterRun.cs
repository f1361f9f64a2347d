namespace Inkling.Nn;

/// <summary>A range of the slabs of a <see cref="ParameterSet"/> in which an optimizer treats all parameters alike.</summary>
public readonly record struct ParameterRun
{
    /// <summary>Where it begins.</summary>
    public int Offset { get; init; }

    /// <summary>How many numbers it has.</summary>
    public int Length { get; init; }

    /// <summary>η, the factor of the group included.</summary>
    public real LearningRate { get; init; }

    /// <summary>What weight decay is multiplied with: the factor of the group, or 0 for parameters that do not decay.</summary>
    public real DecayFactor { get; init; }

    /// <summary>λ₁ of these parameters.</summary>
    public real L1 { get; init; }

    /// <summary>λ₂ of these parameters.</summary>
    public real L2 { get; init; }
}
