using System.Globalization;

namespace Inkling.Language;

/// <summary>The plain mean of a text's word vectors, <c>Σ vᵢ / n</c>, brought to length 1: what every better encoder is compared with. Words without a vector do not count.</summary>
public sealed class MeanEncoder : ITextEncoder
{
    private readonly WordVectors _vectors;

    /// <summary>Encodes with these vectors.</summary>
    /// <param name="vectors">The vectors, of words in lower case.</param>
    public MeanEncoder(WordVectors vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        _vectors = vectors;
        Name = string.Create(CultureInfo.InvariantCulture, $"mean-{vectors.Width}-{WordAverage.Print(vectors):x16}");
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Dimensions => _vectors.Width;

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        WordAverage.Check(nameof(MeanEncoder), Dimensions, vector);
        WordAverage.Sum(_vectors, [], text, vector);
        WordAverage.Normalize(vector);
    }

    /// <inheritdoc/>
    public override string ToString() => $"MeanEncoder({_vectors})";
}
