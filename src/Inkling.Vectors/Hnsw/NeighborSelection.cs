namespace Inkling.Vectors;

/// <summary>Which of the candidates become neighbours in a graph.</summary>
public enum NeighborSelection
{
    /// <summary>Algorithm 4: those that are nearer to the new vector than to a neighbour chosen before, so that links lead in all directions.</summary>
    Heuristic,

    /// <summary>Algorithm 3: the nearest. For comparison; clusters then hang together badly.</summary>
    Simple,
}
