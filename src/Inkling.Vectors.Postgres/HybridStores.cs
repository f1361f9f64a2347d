namespace Inkling.Vectors;

/// <summary>Opens a store wherever one connection string says.</summary>
public static class HybridStores
{
    private const string Folder = "folder:";

    /// <summary>Opens a store, or makes it where there is none.</summary>
    /// <param name="connection"><c>memory</c>, <c>folder:PATH</c> or <c>postgres://user:password@host:port/database?sslmode=require</c>.</param>
    /// <param name="options">What it holds.</param>
    /// <exception cref="ArgumentException">It is no such string, or the options are out of range.</exception>
    /// <exception cref="HybridStoreException">The store cannot be reached, is not set up, holds something else or is damaged.</exception>
    public static IHybridStore Open(string connection, HybridStoreOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        return connection == "memory" ? new LocalHybridStore(options)
            : connection.StartsWith(Folder, StringComparison.Ordinal) && connection.Length > Folder.Length ? new LocalHybridStore(options, connection[Folder.Length..])
            : connection.StartsWith("postgres://", StringComparison.Ordinal) || connection.StartsWith("postgresql://", StringComparison.Ordinal) ? new PostgresHybridStore(connection, options)
            : throw new ArgumentException("Store: the connection is none of memory, folder:PATH and postgres://user@host/database.", nameof(connection));
    }
}
