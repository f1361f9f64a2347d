namespace Inkling.Mail;

/// <summary>Finds the place of a mailbox that one connection string names.</summary>
public static class MailStorages
{
    private const string Folder = "folder:";

    /// <summary>The place; whether anything is there is found out when it is used.</summary>
    /// <param name="connection"><c>folder:PATH</c> or <c>postgres://user:password@host:port/database?sslmode=require</c> (<see cref="PostgresMailStorage"/>).</param>
    /// <exception cref="ArgumentException">It is no such string.</exception>
    public static MailStorage Open(string connection)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        return connection.StartsWith(Folder, StringComparison.Ordinal) && connection.Length > Folder.Length ? MailStorage.InFolder(connection[Folder.Length..])
            : connection.StartsWith("postgres://", StringComparison.Ordinal) || connection.StartsWith("postgresql://", StringComparison.Ordinal) ? new PostgresMailStorage(connection)
            : throw new ArgumentException("Mail storage: the connection is neither folder:PATH nor postgres://user@host/database.", nameof(connection));
    }
}
