using Inkling.Language;
using Inkling.Vectors;
using Npgsql;

namespace Inkling.Mail;

/// <summary>
/// A searchable mailbox in a PostgreSQL data base with pgvector, for what outgrows one machine or is searched from several: the same mails, passages and terms as in
/// a folder. Passages are found by BM25, worked out on the server from the same terms, and along an HNSW index of their vectors; filters are part of the statement.
/// PostgreSQL 13 and pgvector 0.5 or newer.
/// </summary>
/// <remarks>
/// Everything is in one schema, <c>inkling_mail</c> or, with <c>?mailbox=ann</c> in the address, <c>inkling_mail_ann</c>; <c>DROP SCHEMA … CASCADE</c> removes it.
/// The data base gets the text of mails; nobody else does. Zero characters and halves of characters, which PostgreSQL does not know, become a blank and U+FFFD.
/// </remarks>
public sealed class PostgresMailStorage : MailStorage
{
    private const string Mailbox = "mailbox=";

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly PostgresMailSchema _schema;

    /// <summary>Reads an address; nobody is asked yet.</summary>
    /// <param name="address"><c>postgres://user:password@host:port/database?sslmode=require&amp;mailbox=ann</c>; all but the data base may be left out.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    public PostgresMailStorage(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        (string server, string mailbox) = Part(address);
        (_settings, string place) = PostgresServerAddress.Parse(server);
        Place = mailbox.Length > 0 ? $"{place}?{Mailbox}{mailbox}" : place;
        _schema = new PostgresMailSchema(mailbox, Place);
    }

    /// <inheritdoc/>
    public override string Place { get; }

    internal override IMailIndexWriter OpenToWrite(ITextEncoder encoder, int waiting, MailIndexRun run) => Do(() => new PostgresMailWriter(_settings, _schema, encoder, run));

    internal override IMailIndexReader OpenToRead(ITextEncoder encoder, CancellationToken cancellation) => Do(() => PostgresMailReader.Open(_settings, _schema, encoder));

    // A mailbox of its own name is a schema of its own.
    private static (string Server, string Mailbox) Part(string address)
    {
        int question = address.IndexOf('?', StringComparison.Ordinal);
        string[] pairs = question < 0 ? [] : address[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        string[] others = [.. pairs.Where(pair => !pair.StartsWith(Mailbox, StringComparison.Ordinal))];
        string mailbox = Array.Find(pairs, pair => pair.StartsWith(Mailbox, StringComparison.Ordinal)) is { } named ? named[Mailbox.Length..] : "";
        if (mailbox.Length > 40 || mailbox.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')) || (mailbox.Length == 0 && others.Length < pairs.Length))
            throw new ArgumentException($"Mail storage: the mailbox \"{mailbox}\". Give 1 to 40 of the letters a-z, 0-9 and _.", nameof(address));
        return ((question < 0 ? address : address[..question]) + (others.Length > 0 ? "?" + string.Join('&', others) : ""), mailbox);
    }

    private T Do<T>(Func<T> what) => PostgresMailErrors.Do(Place, what);
}
