using System.Globalization;
using Inkling.Language;
using Npgsql;

namespace Inkling.Mail;

/// <summary>The tables of a mailbox in a data base, all in a schema of its own.</summary>
/// <param name="mailbox">The name of the mailbox; empty for the only one.</param>
/// <param name="place">Where it is, for messages.</param>
internal sealed class PostgresMailSchema(string mailbox, string place)
{
    /// <summary>The most elements that pgvector indexes; of longer vectors all are compared.</summary>
    private const int IndexedDimensions = 2000;

    private const long SetupLock = 0x496E6B4D;

    // A step that has been published is never changed; changes are new steps. The table of passages is not among them: it is made for an encoder.
    private string[] Steps =>
    [
        $"""
        CREATE TABLE {Name}.about (encoder text NOT NULL, dimensions integer NOT NULL, owner text NOT NULL, passages bigint NOT NULL, terms bigint NOT NULL);
        INSERT INTO {Name}.about VALUES ('', 0, '', 0, 0);
        CREATE TABLE {Name}.mail (
            number integer PRIMARY KEY, hash bytea NOT NULL UNIQUE, id_print bigint NOT NULL, subject_print bigint NOT NULL, answered_print bigint NOT NULL, thread integer NOT NULL,
            id text NOT NULL, author text NOT NULL, address text NOT NULL, sender text NOT NULL, subject text NOT NULL, answered text NOT NULL, folder text NOT NULL,
            ticks bigint, zone smallint NOT NULL, own smallint NOT NULL, text text NOT NULL, passages integer);
        CREATE TABLE {Name}.file (machine text NOT NULL, path text NOT NULL, length bigint NOT NULL, ticks bigint NOT NULL, mails bytea NOT NULL, PRIMARY KEY (machine, path));
        CREATE INDEX ON {Name}.mail (thread);
        CREATE INDEX ON {Name}.mail (number) WHERE passages IS NULL;
        """,
    ];

    /// <summary>The schema.</summary>
    public string Name { get; } = mailbox.Length > 0 ? $"inkling_mail_{mailbox}" : "inkling_mail";

    /// <summary>Where it is, for messages.</summary>
    public string Place => place;

    /// <summary>Makes everything that is not there. With another encoder than before all passages are dropped, and mails wait for new ones.</summary>
    /// <exception cref="InvalidDataException">Something else is there.</exception>
    public void Prepare(NpgsqlConnection connection, ITextEncoder encoder)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({SetupLock})");
        if (Scalar(connection, "SELECT 1 FROM pg_extension WHERE extname = 'vector'") is null) Execute(connection, "CREATE EXTENSION vector");
        int version = Version(connection) ?? -1;
        if (version < 0)
        {
            Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {Name}; CREATE TABLE {Name}.version (version bigint NOT NULL); INSERT INTO {Name}.version VALUES (0)");
            version = 0;
        }

        for (; version < Steps.Length; version++) Execute(connection, Steps[version]);
        Execute(connection, $"UPDATE {Name}.version SET version = {version}");
        if (Encoder(connection) != (encoder.Name, encoder.Dimensions)) MakePassages(connection, encoder);
        transaction.Commit();
    }

    /// <summary>Checks that a mailbox is there that this encoder can be used with.</summary>
    /// <returns>Whether pgvector goes on searching where a filter lets few pass (0.8 and newer).</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is of another version, or was made with another encoder.</exception>
    public bool Check(NpgsqlConnection connection, ITextEncoder encoder)
    {
        if (Version(connection) is not { } version) throw new FileNotFoundException($"Mail search: there is no mailbox in {place}. Make one with `inkling search index --mail PATH --storage {place}`.");
        if (version < Steps.Length) throw new InvalidDataException($"Mail search: the tables in {place} are of version {version}, this program has {Steps.Length}. Run `inkling search index` on it, which brings them up to date.");
        (string name, int dimensions) = Encoder(connection);
        if ((name, dimensions) != (encoder.Name, encoder.Dimensions))
            throw new InvalidDataException($"Mail search: {place} was made with the encoder “{name}” of {dimensions} dimensions, not “{encoder.Name}” of {encoder.Dimensions}. Run `inkling search index` on it again: its mails are kept, its vectors made anew.");
        return System.Version.TryParse(Scalar(connection, "SELECT extversion FROM pg_extension WHERE extname = 'vector'") as string, out Version? known) && known >= new Version(0, 8);
    }

    /// <summary>Throws if the tables are not this program's.</summary>
    private int? Version(NpgsqlConnection connection)
    {
        if (Scalar(connection, $"SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = '{Name}'") is not string tables) return null;
        if (!tables.Split(' ').Contains("version")) throw new InvalidDataException($"Mail search: {place} has a schema {Name} of another program. Take another data base, or name a mailbox: add ?mailbox=NAME to the address.");
        int version = Convert.ToInt32(Scalar(connection, $"SELECT version FROM {Name}.version") ?? 0, CultureInfo.InvariantCulture);
        return version <= Steps.Length ? version
            : throw new InvalidDataException($"Mail search: {place} was written by a newer Inkling (tables of version {version}, this one knows {Steps.Length}). Use that one, or another mailbox.");
    }

    private (string Name, int Dimensions) Encoder(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new($"SELECT encoder, dimensions FROM {Name}.about", connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetInt32(1)) : throw new InvalidDataException($"Mail search: {place} is damaged: {Name}.about is empty. Drop the schema and run `inkling search index` again.");
    }

    private void MakePassages(NpgsqlConnection connection, ITextEncoder encoder)
    {
        string near = encoder.Dimensions <= IndexedDimensions ? $"CREATE INDEX ON {Name}.passage USING hnsw (vector vector_cosine_ops) WITH (m = 16, ef_construction = 200);" : "";
        Execute(connection, $"""
            DROP TABLE IF EXISTS {Name}.passage;
            CREATE TABLE {Name}.passage (
                key bigint PRIMARY KEY, mail integer NOT NULL REFERENCES {Name}.mail ON DELETE CASCADE, terms text[] NOT NULL, counts integer[] NOT NULL, length integer NOT NULL,
                vector vector({encoder.Dimensions}) NOT NULL);
            CREATE INDEX ON {Name}.passage USING gin (terms);
            CREATE INDEX ON {Name}.passage (mail);
            {near}
            UPDATE {Name}.mail SET passages = NULL;
            """);
        using NpgsqlCommand about = new($"UPDATE {Name}.about SET encoder = $1, dimensions = $2, passages = 0, terms = 0", connection) { Parameters = { new() { Value = encoder.Name }, new() { Value = encoder.Dimensions } } };
        about.ExecuteNonQuery();
    }

    /// <summary>The first value that a statement gives; null for none.</summary>
    public static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>Does what a statement says.</summary>
    public static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
