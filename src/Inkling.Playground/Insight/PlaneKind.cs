namespace Inkling.Playground;

/// <summary>Which plane through the weights a <see cref="LossSurface"/> shows.</summary>
public enum PlaneKind
{
    /// <summary>Two random directions from where the run stands, each neuron's part as long as the neuron's weights (filter-normalised).</summary>
    Random,

    /// <summary>The two directions in which the run's path is longest: the principal components of its moments.</summary>
    Path,

    /// <summary>Through the ends of three runs, the best, the worst and one between: what lies between minima.</summary>
    Ends,
}
