namespace Inkling.Playground;

/// <summary>Where a step of the arithmetic of a sample belongs.</summary>
public enum SamplePhase
{
    /// <summary>From the inputs to the output.</summary>
    Forward,

    /// <summary>How wrong the output is.</summary>
    Loss,

    /// <summary>From the loss back to every weight.</summary>
    Backward,

    /// <summary>The new weights.</summary>
    Update,
}
