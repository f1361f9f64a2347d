using System.Globalization;
using Npgsql;

namespace Inkling.Vectors;

/// <summary>The tables of stores in a data base: a schema <c>inkling_vectors</c> with a table of stores, and a table of entries for each.</summary>
internal static class PostgresHybridSchema
{
    public const string Schema = "inkling_vectors";

    /// <summary>The most elements that pgvector indexes; of longer ones all are compared.</summary>
    private const int IndexedDimensions = 2000;

    /// <summary>
    /// The words of a text: those of its first 200,000 characters, because PostgreSQL refuses more than 1 MB of words and their places, and a character makes
    /// at most 4 bytes of that.
    /// </summary>
    private const string Words = "tsvector GENERATED ALWAYS AS (to_tsvector(''english'', left(text, 200000))) STORED";

    private const long SetupLock = 0x496E6B56;

    // A step that has been published is never changed; changes are new steps.
    private static readonly string[] s_steps =
    [
        $"CREATE TABLE {Schema}.store (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, dimensions integer NOT NULL, metric text NOT NULL)",
        $"""
        DO $$
        DECLARE one record;
        BEGIN
            FOR one IN SELECT 'entry_' || id AS name FROM {Schema}.store LOOP
                EXECUTE format('ALTER TABLE {Schema}.%I DROP COLUMN words', one.name);
                EXECUTE format('ALTER TABLE {Schema}.%I ADD COLUMN words {Words}', one.name);
                EXECUTE format('CREATE INDEX ON {Schema}.%I USING gin (words)', one.name);
            END LOOP;
        END $$
        """,
    ];

    /// <summary>Makes everything that is not there, and gives the table of the store and whether pgvector goes on searching where a filter lets few pass (0.8 and newer).</summary>
    /// <exception cref="HybridStoreException">Something else is there.</exception>
    public static (string Table, bool GoesOn) Prepare(NpgsqlConnection connection, string place, HybridStoreOptions options)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({SetupLock})");
        if (Scalar(connection, "SELECT 1 FROM pg_extension WHERE extname = 'vector'") is null)
            Execute(connection, "CREATE EXTENSION vector");
        Migrate(connection, place);
        string table = Store(connection, place, options);
        bool goesOn = GoesOn((string)Scalar(connection, "SELECT extversion FROM pg_extension WHERE extname = 'vector'")!);
        transaction.Commit();
        return (table, goesOn);
    }

    private static bool GoesOn(string version) => Version.TryParse(version, out Version? known) && known >= new Version(0, 8);

    /// <summary>pgvector's operator of a metric; all of them are less for what is nearer.</summary>
    public static string Operator(Metric metric) => metric switch { Metric.Cosine => "<=>", Metric.Dot => "<#>", _ => "<->" };

    private static void Migrate(NpgsqlConnection connection, string place)
    {
        int version = 0;
        if (Scalar(connection, $"SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = '{Schema}'") is not string tables)
        {
            Execute(connection, $"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE {Schema}.version (version bigint NOT NULL); INSERT INTO {Schema}.version VALUES (0)");
        }
        else
        {
            if (!tables.Split(' ').Contains("version"))
                throw new HybridStoreException($"Store: {place} has a schema {Schema} of another program. Take another data base.");
            version = Convert.ToInt32(Scalar(connection, $"SELECT version FROM {Schema}.version"), CultureInfo.InvariantCulture);
        }

        if (version > s_steps.Length)
            throw new HybridStoreException($"Store: {place} was written by a newer Inkling (tables of version {version}, this one knows {s_steps.Length}). Use that one, or another data base.");
        for (; version < s_steps.Length; version++)
            Execute(connection, s_steps[version]);
        Execute(connection, $"UPDATE {Schema}.version SET version = {version}");
    }

    private static string Store(NpgsqlConnection connection, string place, HybridStoreOptions options)
    {
        string metric = options.Metric.ToString();
        using (NpgsqlCommand find = new($"SELECT id, dimensions, metric FROM {Schema}.store WHERE name = $1", connection) { Parameters = { new() { Value = options.Name } } })
        using (NpgsqlDataReader reader = find.ExecuteReader())
        {
            if (reader.Read())
            {
                return reader.GetInt32(1) == options.Dimensions && reader.GetString(2) == metric ? Table(reader.GetInt64(0))
                    : throw new HybridStoreException($"Store: {options.Name} in {place} has vectors of {reader.GetInt32(1)} and {reader.GetString(2)}, wanted are {options.Dimensions} and {metric}. Use the encoder it was made with, or another name.");
            }
        }

        using NpgsqlCommand add = new($"INSERT INTO {Schema}.store (name, dimensions, metric) VALUES ($1, $2, $3) RETURNING id", connection)
        {
            Parameters = { new() { Value = options.Name }, new() { Value = options.Dimensions }, new() { Value = metric } },
        };
        long id = Convert.ToInt64(add.ExecuteScalar(), CultureInfo.InvariantCulture);
        string table = Table(id), of = options.Metric switch { Metric.Cosine => "vector_cosine_ops", Metric.Dot => "vector_ip_ops", _ => "vector_l2_ops" };
        string index = options.Dimensions <= IndexedDimensions ? $"CREATE INDEX ON {table} USING hnsw (vector {of}) WITH (m = 16, ef_construction = 200);" : "";
        Execute(connection, $"""
            CREATE TABLE {table} (
                key bigint PRIMARY KEY, text text NOT NULL, vector vector({options.Dimensions}) NOT NULL, labels jsonb NOT NULL, time timestamptz,
                words {Words.Replace("''", "'", StringComparison.Ordinal)});
            {index}
            CREATE INDEX ON {table} USING gin (words);
            CREATE INDEX ON {table} USING gin (labels jsonb_path_ops);
            CREATE INDEX ON {table} (time);
            """);
        return table;
    }

    private static string Table(long id) => string.Create(CultureInfo.InvariantCulture, $"{Schema}.entry_{id}");

    private static object? Scalar(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }
}
