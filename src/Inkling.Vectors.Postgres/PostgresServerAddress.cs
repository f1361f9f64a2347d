using Npgsql;

namespace Inkling.Vectors;

/// <summary>Where a data base is, read from its URL.</summary>
internal static class PostgresServerAddress
{
    /// <summary>The settings of a connection, and the address without password for messages.</summary>
    public static (NpgsqlConnectionStringBuilder Settings, string Text) Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Scheme is not ("postgres" or "postgresql") || url.AbsolutePath.Length < 2 || url.AbsolutePath.LastIndexOf('/') > 0)
            throw new ArgumentException("Store: that is no address of a data base. Write postgres://user:password@host:port/database?sslmode=require; all but the data base may be left out.", nameof(address));
        string[] user = url.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = url.Host is { Length: > 0 } host ? host.Trim('[', ']') : "localhost",
            Port = url.Port > 0 ? url.Port : 5432,
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : Environment.UserName,
            Database = Uri.UnescapeDataString(url.AbsolutePath[1..]),
            ApplicationName = "inkling",
            Timeout = 5,
            CommandTimeout = 60,
            MaxPoolSize = 8,
            // Settings are made for one transaction only, so there is nothing to undo between users.
            NoResetOnClose = true,
        };
        if (user.Length > 1)
            settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (string pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            if (sides is ["password", ..])
                throw new ArgumentException("Store: the address has a password behind its question mark. Give it in PGPASSWORD or in ~/.pgpass.", nameof(address));
            // What is on the other side may be a secret.
            if (sides is not ["sslmode", string mode] || !Enum.TryParse(mode.Replace("-", "", StringComparison.Ordinal), true, out SslMode parsed))
                throw new ArgumentException($"Store: the address has another \"{sides[0]}\" than sslmode=disable, prefer, require, verify-ca or verify-full.", nameof(address));
            settings.SslMode = parsed;
        }

        return (settings, $"postgres://{settings.Username}@{settings.Host}:{settings.Port}/{settings.Database}");
    }
}
