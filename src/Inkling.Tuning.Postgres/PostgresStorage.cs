namespace Inkling.Tuning;

/// <summary>
/// Studies in a PostgreSQL data base, for workers on many machines: they claim trials with <c>FOR UPDATE SKIP LOCKED</c>, so that none waits for another.
/// The tables are in a schema <c>inkling</c>, which is created if it is not there. PostgreSQL 13 or newer. Safe to use from several threads.
/// </summary>
/// <param name="address"><c>postgres://user:password@host:port/database?sslmode=require</c>; all but the data base may be left out. Without a password, that of
/// <c>PGPASSWORD</c> or <c>~/.pgpass</c>; <c>?host=/folder</c> for a socket.</param>
/// <param name="patience">How long a lost server is waited for; null for 30 seconds.</param>
/// <exception cref="ArgumentException">It is no such address.</exception>
/// <exception cref="StorageException">The data base cannot be reached, or its schema <c>inkling</c> is of something else.</exception>
public sealed class PostgresStorage(string address, TimeSpan? patience = null)
    : RelationalStorage(new PostgresDialect(PostgresAddress.Parse(address)), patience ?? TimeSpan.FromSeconds(30));
