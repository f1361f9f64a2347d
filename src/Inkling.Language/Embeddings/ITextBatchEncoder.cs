namespace Inkling.Language;

/// <summary>An encoder that does many texts together faster than one after the other, such as a network on matrices.</summary>
public interface ITextBatchEncoder : ITextEncoder
{
    /// <summary>Makes the vectors of texts, in their order, as <see cref="ITextEncoder.Encode"/> does but for rounding.</summary>
    /// <param name="texts">The texts, of any length, also empty.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>A vector a text, each <c>[E]</c>.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    float[][] EncodeMany(IReadOnlyList<string> texts, CancellationToken cancellation = default);
}
