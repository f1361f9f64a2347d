using System.Buffers.Binary;
using Inkling.Vectors;
using Npgsql;

namespace Inkling.Mail;

/// <summary>Mails as rows of a table.</summary>
internal static class PostgresMailRows
{
    private const string Columns = "number, hash, id, address, sender, subject, answered, folder, ticks, zone, own, text";

    /// <summary>A mail as a data base takes it.</summary>
    public static ArchivedMail Clean(ArchivedMail mail) => mail with
    {
        Id = PostgresText.Clean(mail.Id),
        From = PostgresText.Clean(mail.From),
        Sender = PostgresText.Clean(mail.Sender),
        Subject = PostgresText.Clean(mail.Subject),
        InReplyTo = PostgresText.Clean(mail.InReplyTo),
        Folder = PostgresText.Clean(mail.Folder),
        Text = PostgresText.Clean(mail.Text),
    };

    /// <summary>Bytes of a hash.</summary>
    public static byte[] Bytes(UInt128 hash)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    /// <summary>Reads mails.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="schema">The tables.</param>
    /// <param name="which">What follows the name of the table.</param>
    /// <param name="value">The value of <c>$1</c> in it.</param>
    public static List<(int Number, ArchivedMail Mail)> Read(NpgsqlConnection connection, PostgresMailSchema schema, string which, object value)
    {
        using NpgsqlCommand command = new($"SELECT {Columns} FROM {schema.Name}.mail {which}", connection) { Parameters = { new() { Value = value } } };
        using NpgsqlDataReader row = command.ExecuteReader();
        List<(int, ArchivedMail)> mails = [];
        while (row.Read())
        {
            short own = row.GetInt16(10);
            mails.Add((row.GetInt32(0), new ArchivedMail
            {
                Hash = BinaryPrimitives.ReadUInt128BigEndian(row.GetFieldValue<byte[]>(1)), Id = row.GetString(2), From = row.GetString(3), Sender = row.GetString(4), Subject = row.GetString(5),
                InReplyTo = row.GetString(6), Folder = row.GetString(7), Own = own != 0, OwnWords = own == 1, Text = row.GetString(11),
                Date = row.IsDBNull(8) ? null : new DateTimeOffset(row.GetInt64(8), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(row.GetInt16(9))),
            }));
        }

        return mails;
    }

    /// <summary>Writes new mails, as they stand in the columns; their passages are not written yet.</summary>
    public static void Insert(NpgsqlConnection connection, PostgresMailSchema schema, MailColumns columns, IReadOnlyList<(int Number, ArchivedMail Mail)> mails)
    {
        using NpgsqlCommand command = new($"""
            INSERT INTO {schema.Name}.mail (number, hash, id_print, subject_print, answered_print, thread, id, author, address, sender, subject, answered, folder, ticks, zone, own, text)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """, connection);
        void Add<T>(Func<int, ArchivedMail, T> value) => command.Parameters.Add(new() { Value = mails.Select(one => value(one.Number, one.Mail)).ToArray() });
        Add((number, _) => number);
        Add((_, mail) => Bytes(mail.Hash));
        Add((number, _) => unchecked((long)columns[number].Id));
        Add((number, _) => unchecked((long)columns[number].Subject));
        Add((_, mail) => mail.InReplyTo.Length > 0 ? unchecked((long)MailColumns.Print(mail.InReplyTo)) : 0);
        Add((number, _) => columns.ThreadOf(number));
        Add((_, mail) => mail.Id);
        Add((_, mail) => mail.Author);
        Add((_, mail) => mail.From);
        Add((_, mail) => mail.Sender);
        Add((_, mail) => mail.Subject);
        Add((_, mail) => mail.InReplyTo);
        Add((_, mail) => mail.Folder);
        Add((_, mail) => mail.Date?.UtcTicks);
        Add((_, mail) => (short)(mail.Date?.TotalOffsetMinutes ?? 0));
        Add((_, mail) => (short)(mail.Own ? mail.OwnWords ? 1 : 2 : 0));
        Add((_, mail) => mail.Text);
        command.ExecuteNonQuery();
    }
}
