namespace Inkling.Tuning;

/// <summary>
/// Studies in one SQLite file, which several processes of one machine may open at once (write-ahead log). Safe to use from several threads.
/// </summary>
/// <param name="file">Path of the file, which is created if it is not there; its folder has to be there. Not on a network drive.</param>
/// <param name="patience">How long a file that another process has locked is waited for; null for 30 seconds.</param>
/// <param name="clock">Where times come from; null for the system's clock.</param>
/// <exception cref="StorageException">The file cannot be opened, is locked, damaged, no database, or the database of something else.</exception>
public sealed class SqliteStorage(string file, TimeSpan? patience = null, TimeProvider? clock = null)
    : RelationalStorage(new SqliteDialect(file, patience ?? TimeSpan.FromSeconds(30), clock ?? TimeProvider.System), patience ?? TimeSpan.FromSeconds(30))
{
    /// <summary>Path of the file.</summary>
    public string File { get; } = Path.GetFullPath(file);
}
