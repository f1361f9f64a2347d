namespace Inkling.Playground;

/// <summary>The penalty on weights.</summary>
public enum PenaltyKind
{
    /// <summary>None.</summary>
    None,

    /// <summary>λ Σ |w|.</summary>
    L1,

    /// <summary>λ/2 Σ w².</summary>
    L2,
}
