using System.Globalization;
using Inkling.Language;
using Inkling.Text;
using Npgsql;

namespace Inkling.Mail;

/// <summary>Searches a mailbox in a data base, as it stands at each question.</summary>
internal sealed class PostgresMailReader : IMailIndexReader
{
    // The package's own, which local indexes use.
    private static readonly Bm25Options s_bm25 = new();

    private readonly NpgsqlDataSource _source;
    private readonly PostgresMailSchema _schema;
    private readonly bool _goesOn;

    private PostgresMailReader(NpgsqlDataSource source, PostgresMailSchema schema, bool goesOn) => (_source, _schema, _goesOn) = (source, schema, goesOn);

    public int Mails => Count("SELECT count(*) FROM {0}.mail");

    public int Passages => Count("SELECT passages FROM {0}.about");

    /// <summary>Opens it.</summary>
    public static PostgresMailReader Open(NpgsqlConnectionStringBuilder settings, PostgresMailSchema schema, ITextEncoder encoder)
    {
        bool goesOn;
        using (NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString))
        {
            connection.Open();
            goesOn = schema.Check(connection, encoder);
        }

        PostgresMailReader reader = new(PostgresMailWriter.Vectors(settings), schema, goesOn);
        if (reader.Mails > 0) return reader;
        reader.Dispose();
        throw new InvalidDataException($"Mail search: the mailbox in {schema.Place} has no mails. Run `inkling search index --mail PATH --storage {schema.Place}`.");
    }

    public List<long> ByWords(string words, int count, MailFilter filter)
    {
        IReadOnlyList<(string Term, int Count)> terms = PostgresMailPassages.Count(words);
        return InTransaction(connection =>
        {
            using NpgsqlCommand command = new() { Connection = connection };
            (string join, string passes) = Passes(filter, command, "matched.mail");
            string wanted = Parameter(command, terms.Select(one => one.Term).ToArray()), times = Parameter(command, terms.Select(one => one.Count).ToArray());
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
                WITH asked AS (SELECT * FROM unnest({wanted}, {times}) AS asked (term, times)),
                matched AS MATERIALIZED (
                    SELECT passage.key, passage.mail, passage.length, asked.term, asked.times, had.f::float8 AS f
                    FROM {_schema.Name}.passage CROSS JOIN LATERAL unnest(passage.terms, passage.counts) AS had (term, f) JOIN asked USING (term) WHERE passage.terms && {wanted}),
                weight AS (
                    SELECT term, times * ln(1 + (about.passages - count(*) + 0.5) / (count(*) + 0.5)) AS idf, greatest(1, about.terms / greatest(1, about.passages)::float8) AS mean
                    FROM matched, {_schema.Name}.about GROUP BY term, times, about.passages, about.terms)
                SELECT matched.key FROM matched JOIN weight USING (term){join} WHERE {passes} GROUP BY matched.key
                ORDER BY sum(idf * f * {s_bm25.K1 + 1} / (f + {s_bm25.K1} * ({1 - s_bm25.B} + {s_bm25.B} * matched.length / mean))) DESC, matched.key LIMIT {count}
                """);
            return Keys(command);
        });
    }

    public List<long> ByMeaning(float[] meaning, int count, MailFilter filter) => InTransaction(connection =>
    {
        List<long> near = Nearest(connection, meaning, count, filter, alongIndex: true);
        // Along the index fewer may be found than there are.
        return near.Count == count ? near : Nearest(connection, meaning, count, filter, alongIndex: false);
    });

    public Dictionary<int, ArchivedMail> Read(IEnumerable<int> numbers)
    {
        int[] wanted = [.. numbers.Distinct()];
        return wanted.Length == 0 ? [] : InTransaction(connection => PostgresMailRows.Read(connection, _schema, "WHERE number = ANY ($1)", wanted)).ToDictionary(one => one.Number, one => one.Mail);
    }

    public IReadOnlyList<(int Number, ArchivedMail Mail)> Thread(int number, int most) => InTransaction(connection => PostgresMailRows.Read(
        connection, _schema, string.Create(CultureInfo.InvariantCulture, $"WHERE thread = (SELECT thread FROM {_schema.Name}.mail WHERE number = $1) ORDER BY ticks NULLS FIRST, number LIMIT {most}"), number));

    /// <summary>Counts everything anew. The bytes themselves are the server's to check (data_checksums).</summary>
    public long Verify(CancellationToken cancellation) => InTransaction(connection =>
    {
        (string What, string Sql)[] checks =
        [
            ("mails have no passages yet: the run that read them was ended early", "SELECT count(*) FROM {0}.mail WHERE passages IS NULL"),
            ("mails do not have the passages that were made of them", "SELECT count(*) FROM {0}.mail WHERE passages <> (SELECT count(*) FROM {0}.passage WHERE passage.mail = mail.number)"),
            ("passages have terms and counts that do not go together", "SELECT count(*) FROM {0}.passage WHERE cardinality(terms) <> cardinality(counts) OR length <> (SELECT coalesce(sum(one), 0) FROM unnest(counts) AS one)"),
            ("totals differ from what there is", "SELECT count(*) FROM {0}.about WHERE (passages, terms) <> (SELECT count(*), coalesce(sum(length), 0) FROM {0}.passage)"),
        ];
        foreach ((string what, string sql) in checks)
        {
            cancellation.ThrowIfCancellationRequested();
            long wrong = Convert.ToInt64(PostgresMailSchema.Scalar(connection, string.Format(CultureInfo.InvariantCulture, sql, _schema.Name)), CultureInfo.InvariantCulture);
            if (wrong > 0) throw new InvalidDataException($"Mail search: in {_schema.Place} {wrong} {what}. Run `inkling search index` on it again; if it says so afterwards, drop the schema {_schema.Name} and index anew.");
        }

        return Convert.ToInt64(PostgresMailSchema.Scalar(connection, $"SELECT sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass))::bigint FROM pg_tables WHERE schemaname = '{_schema.Name}'"), CultureInfo.InvariantCulture);
    });

    public void Dispose() => _source.Dispose();

    private List<long> Nearest(NpgsqlConnection connection, float[] meaning, int count, MailFilter filter, bool alongIndex)
    {
        int ef = int.Clamp(count, 40, 1000);
        PostgresMailSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT set_config('hnsw.ef_search', '{ef}', true){(_goesOn ? ", set_config('hnsw.iterative_scan', 'strict_order', true)" : "")}"));
        using NpgsqlCommand command = new() { Connection = connection };
        (string join, string passes) = Passes(filter, command, "passage.mail");
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT key FROM (
                SELECT key, (vector <=> {Parameter(command, new Pgvector.Vector(meaning))}){(alongIndex ? "" : " + 0")} AS distance
                FROM {_schema.Name}.passage{join} WHERE {passes} ORDER BY distance LIMIT {count}) AS nearest
            ORDER BY distance, key
            """);
        return Keys(command);
    }

    // Only filters need the mails.
    private (string Join, string Passes) Passes(MailFilter filter, NpgsqlCommand command, string number)
    {
        if (filter.IsEmpty) return ("", "true");
        List<string> all = ["true"];
        if (filter.Author.Length > 0) all.Add($"position(lower({Parameter(command, Vectors.PostgresText.Clean(filter.Author))}) IN lower(author)) > 0");
        if (filter.Folder.Length > 0) all.Add($"position(lower({Parameter(command, Vectors.PostgresText.Clean(filter.Folder))}) IN lower(folder)) > 0");
        if (filter.After is { } after) all.Add($"ticks >= {Parameter(command, after.UtcTicks)}");
        if (filter.Before is { } before) all.Add($"ticks < {Parameter(command, before.UtcTicks)}");
        if (filter.Own) all.Add("own <> 0");
        if (filter.OwnWords) all.Add("own = 1");
        return ($" JOIN {_schema.Name}.mail ON mail.number = {number}", string.Join(" AND ", all));
    }

    private static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new() { Value = value });
        return string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count}");
    }

    private static List<long> Keys(NpgsqlCommand command)
    {
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<long> keys = [];
        while (reader.Read()) keys.Add(reader.GetInt64(0));
        return keys;
    }

    private int Count(string sql) => Convert.ToInt32(
        InTransaction(connection => PostgresMailSchema.Scalar(connection, string.Format(CultureInfo.InvariantCulture, sql, _schema.Name))), CultureInfo.InvariantCulture);

    private T InTransaction<T>(Func<NpgsqlConnection, T> what) => PostgresMailErrors.Do(_schema.Place, () =>
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        T result = what(connection);
        transaction.Commit();
        return result;
    });
}
