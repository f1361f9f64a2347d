using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Inkling.Tuning;

/// <summary>What is SQLite's own: the file and its marks, one writer at a time.</summary>
internal class SqliteDialect : SqlDialect
{
    // "InkT", by which `file` and we know our files.
    internal const long ApplicationId = 0x496E6B54;
    private const int Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, NoDatabase = 26;
    private readonly string _file;
    private readonly string _connection;
    private readonly TimeProvider _clock;
    private readonly string[] _migrations;
    private readonly int _busyTimeout;
    private bool _opened;

    public SqliteDialect(string file, TimeSpan patience, TimeProvider clock, string[]? migrations = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        _file = Path.GetFullPath(file);
        _clock = clock;
        _migrations = migrations ?? SqliteMigrations.Steps;
        _connection = new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false, DefaultTimeout = 1 }.ConnectionString;
        // SQLite waits in small steps inside a call; the storage tries again for as long as its patience lasts.
        _busyTimeout = (int)Math.Clamp(patience.TotalMilliseconds, 1, 1000);
    }

    public override string Now => ((_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    // There is one writer at a time, and trials are deleted with their study only.
    public override string Change => "(SELECT coalesce(max(change), 0) + 1 FROM trial WHERE study = @study)";

    public override string Stamp => "(SELECT coalesce(max(change), 0) + 1 FROM trial WHERE study = @study)";

    public override string Lock => "";

    public override string LockFree => "";

    public override string Json(string parameter) => parameter;

    public override string Merge(string column, string parameter) => $"json_patch({column}, {parameter})";

    public override DbConnection Open()
    {
        if (_opened) Check();
        SqliteConnection connection = Connect(_connection);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {_busyTimeout}");
            if (!IsOursNow(connection, out int version) || version < _migrations.Length) Migrate(connection);
            else if (version > _migrations.Length) throw new StorageException($"Studies: {_file} was written by a newer Inkling (tables of version {version}, this one knows {_migrations.Length}); use that one, or another file.");
            Execute(connection, "PRAGMA synchronous = NORMAL");
            _opened = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Writing to a file that has been deleted succeeds, and is lost.
    public override void Check()
    {
        if (!File.Exists(_file)) throw new StorageException($"Studies: {_file} has gone away; put it back and go on.");
    }

    public override bool? IsPassing(Exception error) => error is SqliteException sqlite ? sqlite.SqliteErrorCode is Busy or Locked : null;

    public override string Describe(Exception error, TimeSpan waited) => $"Studies: {_file} " + ((error as SqliteException)?.SqliteErrorCode switch
    {
        Busy or Locked => string.Create(CultureInfo.InvariantCulture, $"has been locked by another program for {waited.TotalSeconds:0.#} s; close that one, then go on."),
        ReadOnly => "may not be written to; change its rights and those of its folder, or take another file.",
        Corrupt => "is damaged; put a copy back, or take another file.",
        Full => "cannot grow, the disk is full; make room, then go on.",
        CannotOpen => "cannot be opened; its folder has to be there, and both may be written to.",
        NoDatabase => "is no SQLite database; take another file.",
        _ => $"cannot be used: {error.Message}",
    });

    /// <summary>For tests that lose connections.</summary>
    protected virtual SqliteConnection Connect(string settings) => new(settings);

    private void Migrate(SqliteConnection connection)
    {
        // It stays with the file; a transaction is not possible around it.
        if (!IsOursNow(connection, out _)) Execute(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction();
        IsOurs(connection, out int version);
        for (; version < _migrations.Length; version++)
            Execute(connection, _migrations[version]);
        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Execute(connection, $"PRAGMA user_version = {_migrations.Length}");
        transaction.Commit();
    }

    // In one view of the file: another process may be making its tables.
    private bool IsOursNow(SqliteConnection connection, out int version)
    {
        using SqliteTransaction view = connection.BeginTransaction(deferred: true);
        return IsOurs(connection, out version);
    }

    // False if the file is empty.
    private bool IsOurs(SqliteConnection connection, out int version)
    {
        long application = Number(connection, "PRAGMA application_id");
        version = (int)Number(connection, "PRAGMA user_version");
        if (application == ApplicationId) return true;
        if (application != 0 || version != 0 || Number(connection, "SELECT count(*) FROM sqlite_master") != 0)
            throw new StorageException($"Studies: {_file} is the database of another program; take another file.");
        return false;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
