using System.Net.Sockets;
using Npgsql;

namespace Inkling.Vectors;

/// <summary>Errors of a data base in words for people.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether it is one of the data base or of the way to it.</summary>
    public static bool Knows(Exception wrong) => wrong is NpgsqlException or SocketException or TimeoutException;

    /// <summary>What went wrong and what to do. It never has the password, which only the settings of the connection have.</summary>
    public static string Describe(string operation, string place, Exception wrong) => wrong switch
    {
        PostgresException { SqlState: "0A000" or "58P01" } missing when missing.MessageText.Contains("vector", StringComparison.Ordinal) =>
            $"{operation}: {place} has no pgvector ({missing.MessageText}). Install it on the server (https://github.com/pgvector/pgvector) and run CREATE EXTENSION vector there.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"{operation}: {place}: {refused.MessageText}. To write, let an administrator run CREATE EXTENSION vector and GRANT CREATE ON DATABASE to this user; to search what is there, GRANT USAGE ON SCHEMA and GRANT SELECT ON ALL TABLES IN SCHEMA.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"{operation}: {place}: there is no such data base. Create it (createdb).",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"{operation}: {place}: the server lets this user not in ({refused.MessageText}). Give user and password in the address, in PGPASSWORD or in ~/.pgpass.",
        PostgresException other => $"{operation}: {place}: {other.MessageText} ({other.SqlState}). What was stored before is as it was.",
        _ => $"{operation}: {place} cannot be reached ({wrong.InnerException?.Message ?? wrong.Message}). What was stored is safe; try again when the server is back.",
    };
}
