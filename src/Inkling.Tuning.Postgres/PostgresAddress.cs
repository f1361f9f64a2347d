using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Inkling.Tuning;

/// <summary>Where a data base is, read from its URL.</summary>
/// <param name="Settings">All that is needed to connect, the password included.</param>
/// <param name="Text">The URL without password, for messages.</param>
internal sealed partial record PostgresAddress(NpgsqlConnectionStringBuilder Settings, string Text)
{
    public static PostgresAddress Parse(string address)
    {
        Match parts = Form().Match(address);
        if (!parts.Success) throw Wrong(address, "is no address of a data base");
        string Part(string name) => Uri.UnescapeDataString(parts.Groups[name].Value);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Part("host") is { Length: > 0 } host ? host.Trim('[', ']') : "localhost",
            Port = Part("port") is { Length: > 0 } port ? int.Parse(port, CultureInfo.InvariantCulture) : 5432,
            Username = Part("user") is { Length: > 0 } user ? user : Environment.UserName,
            Database = Part("database"),
            SearchPath = PostgresDialect.Schema,
            ApplicationName = "inkling",
            // Connections belong to the storage; a lost one must not come back from a pool.
            Pooling = false,
            Timeout = 5,
            CommandTimeout = 30,
            KeepAlive = 10,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
        if (Part("password") is { Length: > 0 } password) settings.Password = password;
        foreach (string pair in parts.Groups["query"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            string value = Uri.UnescapeDataString(sides[^1]);
            switch (sides[0])
            {
                case "host":
                    settings.Host = value;
                    break;
                case "sslmode" when Enum.TryParse(value.Replace("-", "", StringComparison.Ordinal), true, out SslMode mode):
                    settings.SslMode = mode;
                    break;
                default:
                    throw Wrong(address, $"sets \"{sides[0]}\", which is neither host=FOLDER nor sslmode=disable, prefer, require, verify-ca or verify-full; a password goes into PGPASSWORD or ~/.pgpass");
            }
        }

        return new PostgresAddress(settings, $"postgres://{settings.Username}@{settings.Host}:{settings.Port}/{settings.Database}");
    }

    private static ArgumentException Wrong(string address, string what)
        => new($"Studies: {Password().Replace(address.Split('?')[0], "$1:***@")} {what}; write postgres://user@host/database.");

    [GeneratedRegex(@"^postgres(ql)?://((?<user>[^:@/?]*)(:(?<password>[^@/]*))?@)?(?<host>\[[^\]]+\]|[^:/?@\[\]]*)(:(?<port>[0-9]{1,5}))?/(?<database>[^/?]+)(\?(?<query>.*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("(//[^:@/]*):[^@]*@")]
    private static partial Regex Password();
}
