using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Inkling.Language;
using Npgsql;

namespace Inkling.Mail;

/// <summary>
/// Writes a mailbox into a data base. A batch of mails and their passages is one transaction: it is there for every reader once it is done, and whoever is killed
/// goes on behind the last one.
/// </summary>
internal sealed class PostgresMailWriter : IMailIndexWriter
{
    private const int Batch = 256;
    private static readonly TimeSpan s_toKeep = TimeSpan.FromSeconds(30);

    private readonly PostgresMailSchema _schema;
    private readonly MailIndexRun _run;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _only;
    private readonly PostgresMailPassages _passages;
    private long _kept = Stopwatch.GetTimestamp();

    public PostgresMailWriter(NpgsqlConnectionStringBuilder settings, PostgresMailSchema schema, ITextEncoder encoder, MailIndexRun run)
    {
        (_schema, _run, _passages) = (schema, run, new PostgresMailPassages(schema, encoder));
        // The only one: it holds the lock, which the server gives back when it ends, also by a kill, and whatever is written is written where the lock is.
        _source = Vectors(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false });
        _only = _source.CreateConnection();
        try
        {
            _only.Open();
            LetServerNotice();
            if (PostgresMailSchema.Scalar(_only, $"SELECT pg_try_advisory_lock({Lock})") is not true)
                throw new IOException($"Mail search: {_schema.Place} is being written by another run. Wait for it to end.");
            schema.Prepare(_only, encoder);
            // Vectors may be known only now.
            _only.ReloadTypes();
            Load();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public MailColumns Columns { get; } = new();

    public SeenFiles Seen { get; private set; } = new();

    private string Lock => $"hashtext('{_schema.Name}')";

    public void Add(IReadOnlyList<ArchivedMail> mails)
    {
        List<(int Number, ArchivedMail Mail)> added = [], own = [];
        foreach (ArchivedMail mail in mails.Select(PostgresMailRows.Clean))
        {
            switch (Columns.Add(mail, 0))
            {
                case MailAdding.New: added.Add((Columns.Count - 1, mail)); break;
                case MailAdding.FoundToBeOwn: own.Add((Columns.Find(mail), mail)); break;
            }
        }

        if (added.Count + own.Count > 0) InTransaction(connection => Write(connection, added, own));
        Columns.Joined.Clear();
        if (Stopwatch.GetElapsedTime(_kept) <= s_toKeep) return;
        Keep();
        _kept = Stopwatch.GetTimestamp();
    }

    public void Remove(IReadOnlyList<int> mails)
    {
        InTransaction(connection =>
        {
            using NpgsqlCommand command = new($"""
                WITH gone AS (SELECT count(*) AS passages, coalesce(sum(length), 0) AS terms FROM {_schema.Name}.passage WHERE mail = ANY ($1))
                UPDATE {_schema.Name}.about SET passages = about.passages - gone.passages, terms = about.terms - gone.terms FROM gone
                """, connection) { Parameters = { new() { Value = mails.ToArray() } } };
            command.ExecuteNonQuery();
            using NpgsqlCommand remove = new($"DELETE FROM {_schema.Name}.mail WHERE number = ANY ($1)", connection) { Parameters = { new() { Value = mails.ToArray() } } };
            return remove.ExecuteNonQuery();
        });
        Columns.Remove(mails);
    }

    /// <summary>Keeps whose mailbox it is and what was read; mails are kept already.</summary>
    public void Keep() => InTransaction(connection =>
    {
        PostgresMailFiles.Write(connection, _schema, Seen);
        Seen.Changed.Clear();
        using NpgsqlCommand command = new($"UPDATE {_schema.Name}.about SET owner = $1", connection) { Parameters = { new() { Value = Columns.Owner } } };
        return command.ExecuteNonQuery();
    });

    /// <summary>Makes the passages that another encoder had made.</summary>
    public int Merge()
    {
        int waiting = Columns.Live, done = 0;
        TimeSpan began = _run.Elapsed;
        while (true)
        {
            _run.Stop.ThrowIfCancellationRequested();
            int made = InTransaction(connection =>
            {
                List<(int Number, ArchivedMail Mail)> next = PostgresMailRows.Read(connection, _schema, "WHERE passages IS NULL ORDER BY number LIMIT $1", Batch);
                if (next.Count > 0) _passages.Write(connection, next);
                return next.Count;
            });
            if (made == 0) break;
            double share = Math.Min(1, (done += made) / (double)waiting);
            _run.Tell(Columns.Live, MailIndexStage.Indexing, share, (_run.Elapsed - began) * ((1 - share) / share));
            _run.Hold();
        }

        return Convert.ToInt32(InTransaction(connection => PostgresMailSchema.Scalar(connection, $"SELECT passages FROM {_schema.Name}.about")), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _only.Dispose();
        _source.Dispose();
    }

    /// <summary>Connections that know vectors.</summary>
    public static NpgsqlDataSource Vectors(NpgsqlConnectionStringBuilder settings)
    {
        NpgsqlDataSourceBuilder builder = new(settings.ConnectionString);
        builder.UseVector();
        return builder.Build();
    }

    private int Write(NpgsqlConnection connection, List<(int Number, ArchivedMail Mail)> added, List<(int Number, ArchivedMail Mail)> own)
    {
        if (added.Count > 0)
        {
            PostgresMailRows.Insert(connection, _schema, Columns, added);
            _passages.Write(connection, added);
        }

        foreach ((int later, int earlier) in Columns.Joined)
            PostgresMailSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE {_schema.Name}.mail SET thread = {earlier} WHERE thread = {later}"));
        // Both copies of a mail may be among these.
        return own.Count > 0 ? Own(connection, own) : 0;
    }

    private int Own(NpgsqlConnection connection, List<(int Number, ArchivedMail Mail)> own)
    {
        using NpgsqlCommand command = new($"UPDATE {_schema.Name}.mail SET own = given.own, folder = given.folder FROM unnest($1, $2, $3) AS given (number, own, folder) WHERE mail.number = given.number", connection);
        command.Parameters.Add(new() { Value = own.Select(one => one.Number).ToArray() });
        command.Parameters.Add(new() { Value = own.Select(one => (short)(one.Mail.OwnWords ? 1 : 2)).ToArray() });
        command.Parameters.Add(new() { Value = own.Select(one => one.Mail.Folder).ToArray() });
        return command.ExecuteNonQuery();
    }

    private void Load()
    {
        Seen = PostgresMailFiles.Read(_only, _schema);
        Columns.Owner = (string)PostgresMailSchema.Scalar(_only, $"SELECT owner FROM {_schema.Name}.about")!;
        using NpgsqlCommand command = new($"SELECT number, hash, id_print, subject_print, answered_print, thread, own FROM {_schema.Name}.mail ORDER BY number", _only);
        using NpgsqlDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            int number = row.GetInt32(0), thread = row.GetInt32(5);
            Columns.Restore(number, new MailColumns.Row(BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(1)), unchecked((ulong)row.GetInt64(2)), unchecked((ulong)row.GetInt64(3)), 0, 0, 0, 0, thread, row.GetInt16(6)), unchecked((ulong)row.GetInt64(4)));
        }
    }

    // By itself a server takes hours to notice that a machine went away, and keeps its lock as long.
    private void LetServerNotice()
    {
        foreach (string setting in (string[])["tcp_keepalives_idle = 30", "tcp_keepalives_interval = 10", "tcp_keepalives_count = 3"])
        {
            try
            {
                PostgresMailSchema.Execute(_only, $"SET {setting}");
            }
            catch (PostgresException)
            {
                // Not every system can.
            }
        }
    }

    private T InTransaction<T>(Func<NpgsqlConnection, T> what) => PostgresMailErrors.Do(_schema.Place, () =>
    {
        using NpgsqlTransaction transaction = _only.BeginTransaction();
        T result = what(_only);
        transaction.Commit();
        return result;
    });
}
