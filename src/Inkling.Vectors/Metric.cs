namespace Inkling.Vectors;

/// <summary>What is near. Every metric is expressed as a distance, of which less is nearer.</summary>
public enum Metric
{
    /// <summary><c>1 − a·b / (|a| |b|)</c>, in [0, 2]. Vectors are normalised when they are added.</summary>
    Cosine,

    /// <summary><c>−a·b</c>: the largest product is nearest.</summary>
    Dot,

    /// <summary><c>Σ (aⱼ − bⱼ)²</c>, the squared Euclidean distance.</summary>
    L2,
}
