namespace Inkling.Vectors;

/// <summary>What an <see cref="IHybridStore"/> holds. An existing one must have been made with the same dimensions and metric.</summary>
public sealed record HybridStoreOptions
{
    /// <summary>Elements of a vector, 1 to 16,000.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What is near. Default: cosine.</summary>
    public Metric Metric { get; init; } = Metric.Cosine;

    /// <summary>What tells it from others at the same place: 1 to 60 of the letters a–z, 0–9, - and _. Default: default.</summary>
    public string Name { get; init; } = "default";

    /// <summary>Throws if something is out of range.</summary>
    internal void Check()
    {
        if (Dimensions is < 1 or > 16_000 || !Enum.IsDefined(Metric))
            throw new ArgumentException($"Store: {Dimensions} dimensions and metric {Metric}. Give 1 to 16000 and a known metric.");
        if (Name is not { Length: >= 1 and <= 60 } || Name.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')))
            throw new ArgumentException($"Store: the name \"{Name}\". Give 1 to 60 of the letters a-z, 0-9, - and _.");
    }
}
