namespace Inkling.Training.Metrics;

/// <summary>How the figures of several classes become one.</summary>
public enum Averaging
{
    /// <summary>The mean over the classes that occur, in truth or prediction.</summary>
    Macro,

    /// <summary>The figure of all decisions together; for one class a row that is the accuracy.</summary>
    Micro,

    /// <summary>The mean over the classes, weighted by how often each is true.</summary>
    Weighted,
}
