namespace Inkling.Playground;

/// <summary>What a network of the playground shall say of a point.</summary>
public enum ProblemKind
{
    /// <summary>One of two classes, −1 or 1.</summary>
    Classification,

    /// <summary>A number, −1 to 1.</summary>
    Regression,
}
