using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Inkling.Tuning;

/// <summary>What is PostgreSQL's own: rows are locked one by one, changes are known by the transactions that made them.</summary>
internal sealed class PostgresDialect(PostgresAddress address, string[]? migrations = null) : SqlDialect
{
    public const string Schema = "inkling";
    private const long MigrationLock = 0x496E6B54;
    private readonly string[] _migrations = migrations ?? PostgresMigrations.Steps;
    private volatile bool _checked;

    public override string Now => "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    public override string Change => "pg_current_xact_id()::text::bigint";

    // Every transaction below it has ended when the rows are read; those above may be read again the next time.
    public override string Stamp => "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

    public override string Lock => "FOR UPDATE";

    public override string LockFree => "FOR UPDATE SKIP LOCKED";

    public override string Json(string parameter) => parameter + "::jsonb";

    public override string Merge(string column, string parameter) => $"{column} || {parameter}::jsonb";

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(address.Settings.ConnectionString);
        try
        {
            connection.Open();
            if (!_checked && Version(connection) < _migrations.Length) Migrate(connection);
            _checked = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override bool? IsPassing(Exception error) => error switch
    {
        NpgsqlException npgsql => npgsql.IsTransient || npgsql is not PostgresException,
        TimeoutException or IOException or System.Net.Sockets.SocketException => true,
        _ => null,
    };

    public override string Describe(Exception error, TimeSpan waited) => (error as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => $"Studies: {address.Text}: there is no such data base; create it (createdb {address.Settings.Database}).",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"Studies: {address.Text}: the server lets this user not in ({((PostgresException)error).MessageText}); give user and password in the address, in PGPASSWORD or in ~/.pgpass.",
        PostgresErrorCodes.InsufficientPrivilege => $"Studies: {address.Text}: {((PostgresException)error).MessageText}; let the user create the schema {Schema}, or create it for him.",
        _ => string.Create(CultureInfo.InvariantCulture, $"Studies: {address.Text} could not be used for {waited.TotalSeconds:0.#} s ({Message(error)}); what was stored is safe. Go on when the server is back."),
    };

    private static string Message(Exception error) => error is PostgresException postgres ? postgres.MessageText : error.InnerException?.Message ?? error.Message;

    private void Migrate(NpgsqlConnection connection)
    {
        // Outside of the transaction: one that begins before the lock is had may remember that there were no tables.
        Execute(connection, $"SELECT pg_advisory_lock({MigrationLock})");
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        int version = Version(connection);
        if (version == 0) Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS {Schema}.version (version bigint NOT NULL); INSERT INTO {Schema}.version VALUES (0)");
        for (; version < _migrations.Length; version++)
            Execute(connection, _migrations[version]);
        Execute(connection, $"UPDATE {Schema}.version SET version = {version}");
        transaction.Commit();
        Execute(connection, $"SELECT pg_advisory_unlock({MigrationLock})");
    }

    private int Version(NpgsqlConnection connection)
    {
        object? tables = Scalar(connection, $"SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = '{Schema}'");
        if (tables is not string names) return 0;
        if (!names.Split(' ').Contains("version")) throw new StorageException($"Studies: {address.Text} has a schema {Schema} of another program; take another data base.");
        int version = Convert.ToInt32(Scalar(connection, $"SELECT version FROM {Schema}.version"), CultureInfo.InvariantCulture);
        return version <= _migrations.Length ? version
            : throw new StorageException($"Studies: {address.Text} was written by a newer Inkling (tables of version {version}, this one knows {_migrations.Length}); use that one, or another data base.");
    }

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
