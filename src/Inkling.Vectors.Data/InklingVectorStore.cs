using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <summary>
/// A <see cref="VectorStore"/> of collections in memory or in a folder, for code that is written for Microsoft.Extensions.VectorData. It needs no server. Safe to
/// use from several threads; a folder belongs to one store at a time.
/// </summary>
/// <remarks>
/// What <c>UpsertAsync</c> and <c>DeleteAsync</c> have done outlives a killed process: it is appended to a file before it is found. The indexes are written beside
/// it now and then and when the store is disposed of; after a crash they are made again of the records that came since. Records are kept in memory as well.
/// </remarks>
public sealed class InklingVectorStore : VectorStore
{
    /// <summary>What it is called where the package asks for the name of the system.</summary>
    public const string SystemName = "inkling";

    private readonly Dictionary<string, CollectionData> _open = [];
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>A store in memory, empty.</summary>
    /// <param name="options">How vectors are kept; null for the usual way.</param>
    public InklingVectorStore(InklingVectorStoreOptions? options = null) => Options = options ?? new InklingVectorStoreOptions();

    /// <summary>A store in a folder.</summary>
    /// <param name="folder">The folder; it is made with the first collection if it is not there.</param>
    /// <param name="options">How vectors are kept, for collections that are new; null for the usual way.</param>
    public InklingVectorStore(string folder, InklingVectorStoreOptions? options = null)
        : this(options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>Its folder; null in memory.</summary>
    public string? Folder { get; }

    /// <summary>How vectors are kept.</summary>
    public InklingVectorStoreOptions Options { get; }

    /// <inheritdoc/>
    [RequiresUnreferencedCode("Reads the properties of the record by reflection. Use GetDynamicCollection in trimmed programs.")]
    [RequiresDynamicCode("Reads the properties of the record by reflection. Use GetDynamicCollection in programs compiled ahead of time.")]
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        if (typeof(TRecord) == typeof(Dictionary<string, object?>))
            throw new ArgumentException(VectorDataStrings.GetCollectionWithDictionaryNotSupported);
        return new InklingCollection<TKey, TRecord>(this, name, definition);
    }

    /// <inheritdoc/>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition) =>
        new InklingDynamicCollection(this, name, definition);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        string[] names;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            names = Folder is null || !Directory.Exists(Folder) ? [.. _open.Keys] : [.. Directory.GetDirectories(Folder)
                .Where(folder => File.Exists(Path.Combine(folder, CollectionFolder.ShapeFile))).Select(folder => Uri.UnescapeDataString(Path.GetFileName(folder)))];
        }

        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    /// <inheritdoc/>
    public override Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        lock (_gate)
            return cancellationToken.IsCancellationRequested ? Task.FromCanceled<bool>(cancellationToken) : Task.FromResult(Exists(name));
    }

    /// <inheritdoc/>
    public override Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open.Remove(name, out CollectionData? data))
                data.MarkRemoved();
            if (PathOf(name) is not { } path || !File.Exists(Path.Combine(path, CollectionFolder.ShapeFile)))
                return Task.CompletedTask;
            try
            {
                CollectionFolder.Delete(path);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                throw new VectorStoreException($"EnsureCollectionDeleted of collection \"{name}\": {wrong.Message}", wrong)
                {
                    OperationName = "EnsureCollectionDeleted",
                    CollectionName = name,
                    VectorStoreName = Folder,
                    VectorStoreSystemName = SystemName,
                };
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? new VectorStoreMetadata { VectorStoreSystemName = SystemName, VectorStoreName = Folder }
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Writes the indexes of all collections that are in use beside their records, so that opening the folder does not make them. Does nothing in memory.</summary>
    /// <exception cref="IOException">The folder cannot be written; the records are there as before.</exception>
    public void Save()
    {
        CollectionData[] all;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            all = [.. _open.Values];
        }

        foreach (CollectionData data in all)
            data.Save();
    }

    /// <summary>The collection of a name, opened or made.</summary>
    /// <exception cref="VectorStoreException">There is none and none is to be made, or it holds other records.</exception>
    internal CollectionData Data(string name, RecordShape shape, bool create)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_open.TryGetValue(name, out CollectionData? data))
            {
                if (!create && !Exists(name))
                    throw new VectorStoreException($"there is no collection \"{name}\". Call EnsureCollectionExistsAsync first.");
                _open[name] = data = new CollectionData(shape, Options, PathOf(name));
            }

            return data.Shape.Text == shape.Text ? data
                : throw new VectorStoreException($"it holds records of another shape: {RecordShape.Difference(data.Shape.Text, shape.Text)}. Use the record it was made with, or another name.");
        }
    }

    /// <summary>Writes what is worth it and closes the folder.</summary>
    /// <param name="disposing">Whether <see cref="VectorStore.Dispose()"/> was called.</param>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (disposing && !_disposed)
            {
                foreach (CollectionData data in _open.Values)
                    data.Dispose();
                _open.Clear();
            }

            _disposed = true;
        }

        base.Dispose(disposing);
    }

    private bool Exists(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _open.ContainsKey(name) || (PathOf(name) is { } path && File.Exists(Path.Combine(path, CollectionFolder.ShapeFile)));
    }

    /// <summary>The folder of a collection: its name, with everything but small letters, digits, - and _ escaped.</summary>
    private string? PathOf(string name)
    {
        if (Folder is null)
            return null;
        const int Longest = 200;
        string escaped = string.Concat(System.Text.Encoding.UTF8.GetBytes(name).Select(one =>
            (char)one is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_' ? ((char)one).ToString() : $"%{one:X2}"));
        return escaped.Length <= Longest ? Path.Combine(Folder, escaped)
            : throw new ArgumentException($"Collection: the name \"{name[..20]}…\" takes {escaped.Length} characters as the name of a folder, {Longest} are possible. Take a shorter one.", nameof(name));
    }
}
