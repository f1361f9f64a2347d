namespace Inkling.Vectors;

/// <summary>What an index holds and how. Fixed for the life of the index and stored in its file.</summary>
public record VectorIndexOptions
{
    /// <summary>The most elements a vector may have.</summary>
    public const int MaximumDimensions = 65536;

    /// <summary>Elements of a vector, 1 to 65,536.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What is near. Default: cosine.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>How vectors are stored. Default: float32.</summary>
    public VectorStorage Storage { get; init; } = VectorStorage.Float32;

    /// <summary>
    /// Whether the exact vectors are kept as well, and candidates that were found on the smaller ones are compared again with them. In an opened file they stay
    /// on the disk, and only those of candidates are read. Of no use with <see cref="VectorStorage.Float32"/>, where it changes nothing. Default: no.
    /// </summary>
    public bool Rerank { get; init; }

    /// <summary>Throws if the options do not go together.</summary>
    internal virtual void Check(string operation)
    {
        if (Dimensions is < 1 or > MaximumDimensions)
            throw new ArgumentException($"{operation}: {Dimensions} dimensions. Give 1 to {MaximumDimensions}.");
        if (!Enum.IsDefined(Metric) || !Enum.IsDefined(Storage))
            throw new ArgumentException($"{operation}: metric {Metric} and storage {Storage} are not both known. Take them from the enumerations.");
        if (Storage == VectorStorage.Binary && Metric != Metric.Cosine && !Rerank)
            throw new ArgumentException($"{operation}: signs alone say nothing about {Metric}. Set {nameof(Rerank)}, or take another storage.");
    }
}
