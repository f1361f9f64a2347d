using System.Runtime.CompilerServices;
using Inkling.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <content>Searching.</content>
public partial class InklingCollection<TKey, TRecord>
{
    /// <inheritdoc/>
    public override IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<TRecord>();
        VectorPropertyModel property = _model.GetVectorPropertyOrSingle(options);
        Func<Row, bool>? passes = options.Filter is null ? null : RowFilter<TRecord>.Of(options.Filter, _model, _mapper);
        return Search(searchValue, property, passes, options, top, Vectors(options.IncludeVectors), cancellationToken);
    }

    /// <summary>The records that fit some words and a vector best: BM25 and the nearest vectors, fused by their ranks (<see cref="ReciprocalRankFusion"/>).</summary>
    /// <typeparam name="TInput">A vector, or what the embedding generator takes.</typeparam>
    /// <param name="searchValue">What is looked for by meaning.</param>
    /// <param name="keywords">What is looked for by words.</param>
    /// <param name="top">How many, 1 or more.</param>
    /// <param name="options">How; where the record has several vectors or texts that are indexed, which of them.</param>
    /// <param name="cancellationToken">Ends early.</param>
    /// <returns>Records with their score of fusion, best first.</returns>
    public IAsyncEnumerable<VectorSearchResult<TRecord>> HybridSearchAsync<TInput>(
        TInput searchValue, ICollection<string> keywords, int top, HybridSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        ArgumentNullException.ThrowIfNull(searchValue);
        ArgumentNullException.ThrowIfNull(keywords);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new HybridSearchOptions<TRecord>();
        VectorPropertyModel property = _model.GetVectorPropertyOrSingle(new VectorSearchOptions<TRecord> { VectorProperty = options.VectorProperty });
        DataPropertyModel text = _model.GetFullTextDataPropertyOrSingle(options.AdditionalProperty);
        Func<Row, bool>? passes = options.Filter is null ? null : RowFilter<TRecord>.Of(options.Filter, _model, _mapper);
        return SearchBoth(searchValue, string.Join(' ', keywords), property, text, passes, options, top, Vectors(options.IncludeVectors), cancellationToken);
    }

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> Search<TInput>(
        TInput input, VectorPropertyModel property, Func<Row, bool>? passes, VectorSearchOptions<TRecord> options, int top, bool vectors, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ReadOnlyMemory<float> query = await VectorOf(input, property, cancellation).ConfigureAwait(false);
        int number = Array.IndexOf(_mapper.Vectors, property);
        DistanceScore score = _shape.Vectors[number].Score;
        VectorSearchResult<TRecord>[] results = await Do("Search", () =>
        {
            CollectionData data = Data();
            if (_shape.Vectors[number].SaysNothing(query.Span) && !IsVector(input))
                return [];
            VectorHit[] hits = data.Vectors[number].Search(query.Span, checked(top + options.Skip), new SearchOptions { Filter = Filter(data, passes) });
            return hits.Skip(options.Skip).Where(hit => score.Passes(score.Of(hit.Distance), options.ScoreThreshold))
                .Select(hit => (Row: data.Find(hit.Key), hit.Distance)).Where(one => one.Row is not null)
                .Select(one => new VectorSearchResult<TRecord>(_mapper.ToRecord(one.Row!, vectors), score.Of(one.Distance))).ToArray();
        }, cancellation).ConfigureAwait(false);
        foreach (VectorSearchResult<TRecord> result in results)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return result;
        }
    }

    private async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchBoth<TInput>(
        TInput input, string words, VectorPropertyModel property, DataPropertyModel text, Func<Row, bool>? passes, HybridSearchOptions<TRecord> options, int top, bool vectors,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        ReadOnlyMemory<float> query = await VectorOf(input, property, cancellation).ConfigureAwait(false);
        VectorSearchResult<TRecord>[] results = await Do("HybridSearch", () =>
        {
            CollectionData data = Data();
            int number = Array.IndexOf(_mapper.Vectors, property);
            Bm25Index texts = data.Texts[Array.IndexOf(_mapper.Data, text)]!;
            HybridSearchOptions both = new() { Filter = Filter(data, passes) };
            int wanted = checked(top + options.Skip);
            // Of a question that means nothing to the encoder there are still the words.
            HybridHit[] hits = _shape.Vectors[number].SaysNothing(query.Span) && !IsVector(input)
                ? [.. texts.Search(words, wanted, both.Filter).Select((hit, rank) => new HybridHit(hit.Key, 1 / (both.Constant + rank + 1), rank + 1, 0))]
                : HybridIndex.Search(data.Vectors[number], texts, words, query.Span, wanted, both);
            return hits.Skip(options.Skip).Where(hit => !(hit.Score < options.ScoreThreshold))
                .Select(hit => (Row: data.Find(hit.Key), hit.Score)).Where(one => one.Row is not null)
                .Select(one => new VectorSearchResult<TRecord>(_mapper.ToRecord(one.Row!, vectors), one.Score)).ToArray();
        }, cancellation).ConfigureAwait(false);
        foreach (VectorSearchResult<TRecord> result in results)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return result;
        }
    }

    private static bool IsVector<TInput>(TInput input) => input is ReadOnlyMemory<float> or float[] or Embedding<float>;

    private static Func<long, bool>? Filter(CollectionData data, Func<Row, bool>? passes) =>
        passes is null ? null : key => data.Find(key) is { } row && passes(row);

    private static async ValueTask<ReadOnlyMemory<float>> VectorOf<TInput>(TInput input, VectorPropertyModel property, CancellationToken cancellation) => input switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,
        _ when property.EmbeddingGenerationDispatcher is not null =>
            ((Embedding<float>)await property.GenerateEmbeddingAsync(input, cancellation).ConfigureAwait(false)).Vector,
        _ => throw new NotSupportedException(VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(input!.GetType(), "ReadOnlyMemory<float>, float[], Embedding<float>")),
    };
}
