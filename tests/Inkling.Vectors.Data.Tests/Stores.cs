using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors.Data.Tests;

/// <summary>A store in memory or in a folder that disappears with it.</summary>
internal sealed class Stores : IDisposable
{
    private readonly DirectoryInfo? _folder;

    public Stores(bool folder, InklingVectorStoreOptions? options = null)
    {
        _folder = folder ? Directory.CreateTempSubdirectory("inkling-data-test-") : null;
        Store = Open(options);
    }

    public VectorStore Store { get; private set; }

    public string Folder => _folder!.FullName;

    /// <summary>What another program that opens the folder gets; the same store in memory.</summary>
    public VectorStore Reopen()
    {
        if (_folder is null) return Store;
        Store.Dispose();
        return Store = Open(null);
    }

    public async Task<VectorStoreCollection<string, Note>> Notes()
    {
        VectorStoreCollection<string, Note> notes = Store.GetCollection<string, Note>("notes");
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(Note.Some());
        return notes;
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder?.Delete(true);
    }

    private InklingVectorStore Open(InklingVectorStoreOptions? options) => _folder is null ? new InklingVectorStore(options) : new InklingVectorStore(_folder.FullName, options);
}
