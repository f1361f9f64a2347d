using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Inkling.Vectors;

/// <summary>A collection whose records are dictionaries, for programs that learn at run time what a record has, and for those compiled ahead of time.</summary>
public sealed class InklingDynamicCollection : InklingCollection<object, Dictionary<string, object?>>
{
    /// <summary>A collection of a store; it need not exist yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Its name.</param>
    /// <param name="definition">What the records have.</param>
    /// <exception cref="ArgumentException">The name or the definition cannot be taken.</exception>
    /// <exception cref="NotSupportedException">A property is of a type, or wants an index or a distance function, that there is not.</exception>
    public InklingDynamicCollection(InklingVectorStore store, string name, VectorStoreCollectionDefinition definition)
        : base(store, name, Model(store, definition))
    {
    }

    private static CollectionModel Model(InklingVectorStore store, VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(definition);
        return new RecordModelBuilder().BuildDynamic(definition, store.Options.EmbeddingGenerator);
    }
}
