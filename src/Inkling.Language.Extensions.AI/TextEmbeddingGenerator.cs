using Microsoft.Extensions.AI;

namespace Inkling.Language;

/// <summary>
/// Gives a text encoder to code that is written for Microsoft.Extensions.AI: <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c>, without a network. Safe to
/// use from several threads; for a container of services: <c>AddSingleton&lt;IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;, TextEmbeddingGenerator&gt;()</c>
/// beside an <see cref="ITextEncoder"/>.
/// </summary>
/// <remarks>
/// Vectors have length 1; a text of which nothing is known has a vector of zeros. The usage that is reported counts characters, because encoders know no common
/// unit below the text. Disposing of it does nothing: the encoder belongs to whoever made it.
/// </remarks>
public sealed class TextEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The name under which the usage says how many characters were read.</summary>
    public const string CharactersRead = "characters";

    private const string ProviderName = "inkling";

    private readonly ITextEncoder _encoder;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Wraps an encoder.</summary>
    /// <param name="encoder">What makes the vectors.</param>
    public TextEmbeddingGenerator(ITextEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
        _metadata = new EmbeddingGeneratorMetadata(ProviderName, providerUri: null, encoder.Name, encoder.Dimensions);
    }

    /// <summary>Texts that are encoded at a time, 1 or more; an <see cref="ITextBatchEncoder"/> sees to that itself. Default: one for every processor.</summary>
    public int Parallelism
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), $"{nameof(Parallelism)}: {value}. Give 1 or more.");
    } = Environment.ProcessorCount;

    /// <summary>Encodes texts, several at a time, in the order they were given.</summary>
    /// <param name="values">The texts, of any length.</param>
    /// <param name="options">A number of dimensions or a model may be asked for; it must be the encoder's own. Null for nothing of that.</param>
    /// <param name="cancellationToken">Ends early, between two texts.</param>
    /// <exception cref="ArgumentException">A text is null, or other dimensions or another model are asked for.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check(options);
        string[] texts = [.. values];
        if (Array.IndexOf(texts, null) is var missing and >= 0)
            throw new ArgumentException($"GenerateAsync: text {missing} is null. Give an empty text, or leave it out.", nameof(values));
        float[][] vectors = _encoder is ITextBatchEncoder many
            ? await Task.Run(() => many.EncodeMany(texts, cancellationToken), cancellationToken).ConfigureAwait(false)
            : await OneByOneAsync(texts, cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { CreatedAt = now, ModelId = _encoder.Name }))
        {
            Usage = new UsageDetails { AdditionalCounts = new() { [CharactersRead] = texts.Sum(text => (long)text.Length) } },
        };
    }

    /// <summary>What it is made of: itself, its <see cref="EmbeddingGeneratorMetadata"/>, the <see cref="ITextEncoder"/>.</summary>
    /// <param name="serviceType">The type that is wanted.</param>
    /// <param name="serviceKey">Null: there is nothing under keys.</param>
    /// <returns>The service; null if there is none.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_encoder) ? _encoder : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }

    private async Task<float[][]> OneByOneAsync(string[] texts, CancellationToken cancellation)
    {
        var vectors = new float[texts.Length][];
        await Parallel.ForAsync(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation }, (i, _) =>
        {
            _encoder.Encode(texts[i], vectors[i] = new float[_encoder.Dimensions]);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return vectors;
    }

    private void Check(EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is { } dimensions && dimensions != _encoder.Dimensions)
            throw new ArgumentException($"GenerateAsync: {dimensions} dimensions are asked for, {_encoder.Name} makes {_encoder.Dimensions}. Ask for as many, or leave it open.", nameof(options));
        if (options?.ModelId is { } model && model != _encoder.Name)
            throw new ArgumentException($"GenerateAsync: the model \"{model}\" is asked for, this is {_encoder.Name}. Leave it open, or take a generator of that model.", nameof(options));
    }
}
