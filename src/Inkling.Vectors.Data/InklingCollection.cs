using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <summary>
/// Records with vectors, found by key, by filter, by vector and by words and vector together. Many objects may stand for one collection; they are safe to use
/// from several threads. Searches see what had been put in before they began.
/// </summary>
/// <remarks>
/// A vector is compared as its property says (<see cref="DistanceFunction"/>: cosine, dot product, Euclidean), in an <see cref="HnswIndex"/> or, with
/// <see cref="IndexKind.Flat"/>, an <see cref="ExactIndex"/>. Where a vector property is a text, the embedding generator makes its vector when the record is put in;
/// the text itself is not kept. Filters may use <c>==, !=, &lt;, &lt;=, &gt;, &gt;=, &amp;&amp;, ||, !</c>, <c>Contains</c>, <c>StartsWith</c>, <c>EndsWith</c> and
/// <c>Any</c> over data and key.
/// </remarks>
/// <typeparam name="TKey">The type of keys: string, int, long, ulong, Guid or another of the plain types.</typeparam>
/// <typeparam name="TRecord">The class of the records.</typeparam>
public partial class InklingCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IKeywordHybridSearchable<TRecord>
    where TKey : notnull
    where TRecord : class
{
    private readonly InklingVectorStore _store;
    private readonly CollectionModel _model;
    private readonly RecordShape _shape;
    private readonly RecordMapper<TRecord> _mapper;

    /// <summary>A collection of a store; it need not exist yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name.</param>
    /// <param name="definition">What the records have; null for what the attributes of <typeparamref name="TRecord"/> say.</param>
    /// <exception cref="ArgumentException">The name or the record cannot be taken.</exception>
    /// <exception cref="NotSupportedException">A property is of a type, or wants an index or a distance function, that there is not.</exception>
    [RequiresUnreferencedCode("Reads the properties of the record by reflection. Use InklingDynamicCollection in trimmed programs.")]
    [RequiresDynamicCode("Reads the properties of the record by reflection. Use InklingDynamicCollection in programs compiled ahead of time.")]
    public InklingCollection(InklingVectorStore store, string name, VectorStoreCollectionDefinition? definition = null)
        : this(store, name, Build(store, definition))
    {
    }

    private protected InklingCollection(InklingVectorStore store, string name, CollectionModel model)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (_store, Name, _model) = (store, name, model);
        _shape = new RecordShape(model);
        _mapper = new RecordMapper<TRecord>(model, _shape);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => _store.CollectionExistsAsync(Name, cancellationToken);

    /// <inheritdoc/>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) =>
        Do("EnsureCollectionExists", () => _store.Data(Name, _shape, create: true), cancellationToken);

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => _store.EnsureCollectionDeletedAsync(Name, cancellationToken);

    /// <inheritdoc/>
    public override Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        object wanted = Key(key);
        bool vectors = Vectors(options?.IncludeVectors);
        return Do("Get", () => Data().Find(wanted) is { } row ? _mapper.ToRecord(row, vectors) : null, cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new FilteredRecordRetrievalOptions<TRecord>();
        Func<Row, bool> passes = RowFilter<TRecord>.Of(filter, _model, _mapper);
        var order = options.OrderBy?.Invoke(new FilteredRecordRetrievalOptions<TRecord>.OrderByDefinition()).Values ?? [];
        (Func<Row, object?> By, bool Ascending)[] by = [.. order.Select(one => (ValueOf(_model.GetDataOrKeyProperty(one.PropertySelector)), one.Ascending))];
        return Get(passes, by, options.Skip, top, Vectors(options.IncludeVectors), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        return UpsertAsync([record], cancellationToken);
    }

    /// <summary>Puts many records in at once: all or none. Of two with the same key the later one counts.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends early, before anything is put in.</param>
    /// <exception cref="ArgumentException">A record cannot be taken; the message says why.</exception>
    /// <exception cref="VectorStoreException">The collection does not exist, or its folder cannot be written.</exception>
    public override async Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        TRecord[] given = [.. records];
        if (given.Length == 0)
            return;
        CollectionData data = await Do("Upsert", Data, cancellationToken).ConfigureAwait(false);
        Row[] rows = await _mapper.ToRows(given, () => data.NewKey(_model.KeyProperty.Type), cancellationToken).ConfigureAwait(false);
        await Do("Upsert", () => data.Put(rows), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    /// <inheritdoc/>
    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        object[] wanted = [.. keys.Select(Key)];
        return wanted.Length == 0 ? Task.CompletedTask : Do("Delete", () => Data().Remove(wanted), cancellationToken);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata)
                ? new VectorStoreCollectionMetadata { VectorStoreSystemName = InklingVectorStore.SystemName, VectorStoreName = _store.Folder, CollectionName = Name }
                : serviceType.IsInstanceOfType(this) ? this : null;
    }

    [RequiresUnreferencedCode("Reads the properties of the record by reflection.")]
    [RequiresDynamicCode("Reads the properties of the record by reflection.")]
    private static CollectionModel Build(InklingVectorStore store, VectorStoreCollectionDefinition? definition)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new RecordModelBuilder().Build(typeof(TRecord), typeof(TKey), definition, store.Options.EmbeddingGenerator);
    }

    private async IAsyncEnumerable<TRecord> Get(
        Func<Row, bool> passes, (Func<Row, object?> By, bool Ascending)[] order, int skip, int top, bool vectors, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Row[] rows = await Do("Get", () =>
        {
            IEnumerable<Row> passing = Data().Rows.Where(passes);
            // From the last to the first, because each sorting keeps the order of equal ones.
            foreach ((Func<Row, object?> by, bool ascending) in order.Reverse())
                passing = ascending ? passing.OrderBy(by, Comparer<object?>.Default) : passing.OrderByDescending(by, Comparer<object?>.Default);
            return passing.Skip(skip).Take(top).ToArray();
        }, cancellation).ConfigureAwait(false);
        foreach (Row row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return _mapper.ToRecord(row, vectors);
        }
    }

    private Func<Row, object?> ValueOf(PropertyModel property)
    {
        int number = Array.FindIndex(_mapper.Data, one => one == property);
        return number < 0 ? row => row.Key : row => row.Values[number];
    }

    private object Key(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.GetType() == _model.KeyProperty.Type ? key
            : throw new ArgumentException($"{Name}: a key of type {key.GetType().Name} where the collection has {_model.KeyProperty.Type.Name}.", nameof(key));
    }

    private bool Vectors(bool? wanted) => wanted == true && _model.EmbeddingGenerationRequired
        ? throw new NotSupportedException(VectorDataStrings.IncludeVectorsNotSupportedWithEmbeddingGeneration)
        : wanted == true;

    private CollectionData Data() => _store.Data(Name, _shape, create: false)!;

    /// <summary>Does something at once, and says of a failure of the store what was being done.</summary>
    private Task<T> Do<T>(string operation, Func<T> what, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        try
        {
            return Task.FromResult(what());
        }
        catch (Exception wrong) when (wrong is IOException or InvalidDataException or UnauthorizedAccessException or VectorStoreException)
        {
            return Task.FromException<T>(new VectorStoreException($"{operation} of collection \"{Name}\": {wrong.Message}", wrong)
            {
                OperationName = operation,
                CollectionName = Name,
                VectorStoreName = _store.Folder,
                VectorStoreSystemName = InklingVectorStore.SystemName,
            });
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            return Task.FromException<T>(wrong);
        }
    }

    private Task<bool> Do(string operation, Action what, CancellationToken cancellation)
    {
        return Do(operation, Done, cancellation);

        bool Done()
        {
            what();
            return true;
        }
    }
}
