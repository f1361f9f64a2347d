namespace Inkling.Vectors;

/// <summary>A text with its vector and what it may be filtered by, as an <see cref="IHybridStore"/> keeps it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">The text, found by its words.</param>
/// <param name="Vector">What it means; of the store's dimensions, finite, and for the cosine not all zero.</param>
public sealed record HybridEntry(long Key, string Text, ReadOnlyMemory<float> Vector)
{
    /// <summary>Names and values, such as who wrote it. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was written, if that matters; kept to the microsecond and in UTC.</summary>
    public DateTimeOffset? Time { get; init; }
}
