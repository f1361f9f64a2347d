using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Inkling.Vectors;

/// <summary>
/// An <see cref="IHybridStore"/> in a PostgreSQL data base with pgvector, for what outgrows one machine or is shared by several. Vectors are found along an HNSW
/// index, words by full-text search in English (<c>ts_rank</c>), both fused by their ranks in one statement; filters are part of it. PostgreSQL 13 and pgvector 0.5
/// or newer. Where the index finds fewer than are wanted, as it does where a filter lets few pass, those that pass are compared one by one. Of a text the first
/// 200,000 characters are found by their words. Zero characters and halves of characters, which PostgreSQL does not know, are stored and looked for as a blank and U+FFFD.
/// </summary>
/// <remarks>The tables are in a schema <c>inkling_vectors</c>, which is made if it is not there. Every change is one transaction: done when it returns, or not at all.</remarks>
public sealed partial class PostgresHybridStore : IHybridStore
{
    private readonly NpgsqlDataSource _source;
    private readonly string _place;
    private readonly string _table;
    private readonly bool _goesOn;

    // Knows which vectors can be taken.
    private readonly ExactIndex _rules;

    /// <summary>Connects, and makes what is not there.</summary>
    /// <param name="address"><c>postgres://user:password@host:port/database?sslmode=require</c>; all but the data base may be left out.</param>
    /// <param name="options">What it holds.</param>
    /// <exception cref="ArgumentException">It is no such address, or the options are out of range.</exception>
    /// <exception cref="HybridStoreException">The data base cannot be reached, has no pgvector, or holds something else under this name.</exception>
    public PostgresHybridStore(string address, HybridStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (NpgsqlConnectionStringBuilder settings, _place) = PostgresServerAddress.Parse(address);
        _rules = new ExactIndex(new VectorIndexOptions { Dimensions = options.Dimensions, Metric = options.Metric });
        // Not pooled: the types that a connection knows are read once, and the extension may be made only now.
        NpgsqlConnectionStringBuilder first = new(settings.ConnectionString) { Pooling = false };
        (_table, _goesOn) = Do(() =>
        {
            using NpgsqlConnection connection = new(first.ConnectionString);
            connection.Open();
            return PostgresHybridSchema.Prepare(connection, _place, options);
        });
        NpgsqlDataSourceBuilder builder = new(settings.ConnectionString);
        builder.UseVector();
        _source = builder.Build();
    }

    /// <inheritdoc/>
    public int Dimensions => _rules.Dimensions;

    /// <inheritdoc/>
    public Metric Metric => _rules.Metric;

    /// <inheritdoc/>
    public long Count => InTransaction(connection =>
    {
        using NpgsqlCommand command = new($"SELECT count(*) FROM {_table}", connection);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    });

    /// <inheritdoc/>
    public void Set(IReadOnlyList<HybridEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        LocalHybridStore.Check(entries, _rules);
        HybridEntry[] latest = [.. entries.Reverse().DistinctBy(entry => entry.Key)];
        if (latest.Length == 0)
            return;
        InTransaction(connection =>
        {
            using NpgsqlCommand command = new($"""
                INSERT INTO {_table} (key, text, vector, labels, time)
                SELECT key, text, vector, labels::jsonb, time FROM unnest($1, $2, $3, $4, $5) AS given (key, text, vector, labels, time)
                ON CONFLICT (key) DO UPDATE SET text = excluded.text, vector = excluded.vector, labels = excluded.labels, time = excluded.time
                """, connection);
            command.Parameters.Add(new() { Value = latest.Select(entry => entry.Key).ToArray() });
            command.Parameters.Add(new() { Value = latest.Select(entry => PostgresText.Clean(entry.Text)).ToArray() });
            command.Parameters.Add(new() { Value = latest.Select(entry => new Pgvector.Vector(entry.Vector)).ToArray() });
            command.Parameters.Add(new() { Value = latest.Select(entry => Json(entry.Labels)).ToArray() });
            command.Parameters.Add(new() { Value = latest.Select(entry => entry.Time?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
            return command.ExecuteNonQuery();
        });
    }

    /// <inheritdoc/>
    public int Remove(IReadOnlyList<long> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return InTransaction(connection =>
        {
            using NpgsqlCommand command = new($"DELETE FROM {_table} WHERE key = ANY ($1)", connection);
            command.Parameters.Add(new() { Value = keys.ToArray() });
            return command.ExecuteNonQuery();
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<HybridEntry> Read(IReadOnlyList<long> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Dictionary<long, HybridEntry> found = InTransaction(connection =>
        {
            using NpgsqlCommand command = new($"SELECT key, text, vector, labels::text, time FROM {_table} WHERE key = ANY ($1)", connection);
            command.Parameters.Add(new() { Value = keys.ToArray() });
            using NpgsqlDataReader reader = command.ExecuteReader();
            Dictionary<long, HybridEntry> entries = [];
            while (reader.Read())
            {
                entries[reader.GetInt64(0)] = new HybridEntry(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<Pgvector.Vector>(2).Memory)
                {
                    Labels = JsonSerializer.Deserialize(reader.GetString(3), LabelsContext.Default.DictionaryStringString)!,
                    Time = reader.IsDBNull(4) ? null : new DateTimeOffset(reader.GetDateTime(4), TimeSpan.Zero),
                };
            }

            return entries;
        });
        return [.. keys.Select(key => found.GetValueOrDefault(key)).OfType<HybridEntry>()];
    }

    /// <inheritdoc/>
    public HybridHit[] Search(string text, ReadOnlySpan<float> vector, int k, HybridFilter? filter = null, HybridSearchOptions? options = null)
    {
        options = LocalHybridStore.Checked(text, k, options);
        if (!vector.IsEmpty)
            _rules.Check("Search", vector);
        float[] query = vector.ToArray();
        return InTransaction(connection => Search(connection, text, query, k, filter ?? new HybridFilter(), options));
    }

    /// <summary>Does nothing: what was changed is in the data base.</summary>
    public void Save()
    {
        // Every change has been committed.
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private HybridHit[] Search(NpgsqlConnection connection, string text, float[] vector, int k, HybridFilter filter, HybridSearchOptions options)
    {
        (HybridHit[] hits, bool isShort) = Search(connection, text, vector, k, filter, options, alongIndex: true);
        return isShort ? Search(connection, text, vector, k, filter, options, alongIndex: false).Hits : hits;
    }

    private (HybridHit[] Hits, bool IsShort) Search(NpgsqlConnection connection, string text, float[] vector, int k, HybridFilter filter, HybridSearchOptions options, bool alongIndex)
    {
        int candidates = int.Max(k, options.Candidates), ef = int.Clamp(int.Max(candidates, options.Ef), 1, 1000);
        using NpgsqlCommand command = new() { Connection = connection };
        int Parameter(object value)
        {
            command.Parameters.Add(new() { Value = value });
            return command.Parameters.Count;
        }

        string passes = Passes(filter, Parameter);
        // Any of the words; the package's own reading of a question would want all of them.
        string query = $"replace(plainto_tsquery('english', ${Parameter(PostgresText.Clean(text))})::text, ' & ', ' | ')::tsquery";
        string byVector = vector.Length == 0
            ? "SELECT 0::bigint AS key, 0 AS distance WHERE false"
            : $"SELECT key, (vector {PostgresHybridSchema.Operator(Metric)} ${Parameter(new Pgvector.Vector(vector))}){(alongIndex ? "" : " + 0")} AS distance FROM {_table} WHERE {passes} ORDER BY distance LIMIT {candidates}";
        string constant = $"${Parameter(options.Constant)}::float8", textWeight = $"${Parameter(options.TextWeight)}::float8", vectorWeight = $"${Parameter(options.VectorWeight)}::float8";
        command.CommandText = $"""
            WITH worded AS (
                SELECT key, row_number() OVER (ORDER BY fit DESC, key) AS rank
                FROM (SELECT key, ts_rank(words, query, 1) AS fit FROM {_table}, (SELECT {query} AS query) AS asked WHERE words @@ query AND {passes} ORDER BY fit DESC, key LIMIT {candidates}) AS best),
            meant AS (SELECT key, row_number() OVER (ORDER BY distance, key) AS rank FROM ({byVector}) AS nearest),
            fused AS (
                SELECT key, coalesce({textWeight} / ({constant} + worded.rank), 0) + coalesce({vectorWeight} / ({constant} + meant.rank), 0) AS score,
                    coalesce(worded.rank, 0)::integer AS of_words, coalesce(meant.rank, 0)::integer AS of_vector
                FROM worded FULL JOIN meant USING (key))
            SELECT key, score, of_words, of_vector, (SELECT count(*) FROM meant) FROM fused WHERE score > 0 ORDER BY score DESC, key LIMIT {k}
            """;
        using (NpgsqlCommand settings = new($"SELECT set_config('hnsw.ef_search', '{ef}', true){(_goesOn ? ", set_config('hnsw.iterative_scan', 'strict_order', true)" : "")}", connection))
            settings.ExecuteNonQuery();
        List<HybridHit> hits = [];
        long meant = 0;
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            hits.Add(new HybridHit(reader.GetInt64(0), reader.GetDouble(1), reader.GetInt32(2), reader.GetInt32(3)));
            meant = reader.GetInt64(4);
        }

        return ([.. hits], alongIndex && vector.Length > 0 && meant < candidates);
    }

    private static string Passes(HybridFilter filter, Func<object, int> parameter)
    {
        List<string> all = ["true"];
        if (filter.Labels.Count > 0)
            all.Add($"labels @> ${parameter(Json(filter.Labels))}::jsonb");
        foreach ((string name, string part) in filter.LabelParts)
            all.Add($"position(lower(${parameter(PostgresText.Clean(part))}) IN lower(labels ->> ${parameter(PostgresText.Clean(name))})) > 0");
        if (filter.From is { } from)
            all.Add($"time >= ${parameter(from.UtcDateTime)}");
        if (filter.Before is { } before)
            all.Add($"time < ${parameter(before.UtcDateTime)}");
        return string.Join(" AND ", all);
    }

    private static string Json(IReadOnlyDictionary<string, string> labels) =>
        JsonSerializer.Serialize(labels.DistinctBy(one => PostgresText.Clean(one.Key)).ToDictionary(one => PostgresText.Clean(one.Key), one => PostgresText.Clean(one.Value)), LabelsContext.Default.DictionaryStringString);

    private T InTransaction<T>(Func<NpgsqlConnection, T> what) => Do(() =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        T result = what(connection);
        transaction.Commit();
        return result;
    });

    private T Do<T>(Func<T> what)
    {
        try
        {
            return what();
        }
        catch (Exception wrong) when (PostgresErrors.Knows(wrong))
        {
            throw new HybridStoreException(PostgresErrors.Describe("Store", _place, wrong), wrong);
        }
    }

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class LabelsContext : JsonSerializerContext;
}
