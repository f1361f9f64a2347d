using System.Net;
using System.Net.Sockets;
using Inkling.Language;
using Inkling.Mail.Tests.Searching;
using Inkling.Vectors.Tests;

namespace Inkling.Mail.Postgres.Tests;

/// <summary>A mailbox in PostgreSQL.</summary>
[Collection("one data base")]
[Trait("Speed", "Slow")]
public sealed class PostgresMailStorageTests(PgliteServer server) : MailStorageContract
{
    protected override MailStorage New() => MailStorages.Open($"{server.Address}?mailbox=test_{Guid.NewGuid():N}");

    [Fact]
    public void The_same_mail_is_found_as_in_a_folder()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        MailStorage folder = MailStorages.Open($"folder:{Path.Combine(Folder, "index")}");
        new MailIndexer(Encoder, new MailIndexOptions { Mail = [Mail], Storage = folder }).Run(null, null, TestContext.Current.CancellationToken);
        using MailSearchIndex here = MailSearchIndex.Open(folder, Encoder, TestContext.Current.CancellationToken), there = Open();
        Assert.Equal((here.Mails, here.Passages), (there.Mails, there.Passages));
        foreach (string question in MadeUpMailbox.Questions.Select(one => one.Question))
        {
            foreach (MailSearchRequest request in (MailSearchRequest[])[
                new() { Text = question }, new() { Text = question, MeaningWeight = 0 }, new() { Text = question, WordWeight = 0 },
                new() { Text = question, From = "weiss", After = new DateTimeOffset(2025, 5, 1, 0, 0, 0, TimeSpan.Zero) }])
            {
                AssertSame(request, here.Search(request), there.Search(request));
            }

            Assert.Equal(here.OwnSentences(question, "", 5).Select(one => one.Text), there.OwnSentences(question, "", 5).Select(one => one.Text));
        }
    }

    // A folder keeps vectors in bytes, so that passages which are all but equally near may change places; scores are of ranks, and move by one then.
    private static void AssertSame(MailSearchRequest request, IReadOnlyList<MailHit> here, IReadOnlyList<MailHit> there)
    {
        const double Tie = 0.02;
        Assert.Equal(here.Count, there.Count);
        double last = here.Count > 0 ? here[^1].Score : 0;
        foreach (MailHit hit in here.Where(hit => hit.Score > last + Tie))
        {
            MailHit? same = there.FirstOrDefault(one => one.Id == hit.Id);
            Assert.True(same is not null, $"{request.Text}: {hit.Id} was not found.");
            Assert.InRange(same.Score, hit.Score - Tie, hit.Score + Tie);
            Assert.Equal(hit.WordRank, same.WordRank);
            Assert.Equal((hit.From, hit.Date, hit.Subject, hit.Folder, hit.Own), (same.From, same.Date, same.Subject, same.Folder, same.Own));
        }
    }
}

/// <summary>What goes wrong on the way to a server.</summary>
[Collection("one data base")]
[Trait("Speed", "Slow")]
public sealed class PostgresMailErrorTests(PgliteServer server)
{
    private static readonly ITextEncoder s_encoder = new Two();

    [Fact]
    public void A_server_that_is_not_there_is_named_without_its_password()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        MailStorage storage = MailStorages.Open($"postgres://me:secret@127.0.0.1:{port}/db?mailbox=ann");
        Assert.Equal($"postgres://me@127.0.0.1:{port}/db?mailbox=ann", storage.Place);
        foreach (IOException gone in (IOException[])[Assert.ThrowsAny<IOException>(() => MailSearchIndex.Open(storage, s_encoder)), Assert.ThrowsAny<IOException>(() => Index(storage))])
        {
            Assert.Contains($"postgres://me@127.0.0.1:{port}/db?mailbox=ann cannot be reached", gone.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", gone.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_server_without_pgvector_says_how_to_get_it() =>
        Assert.Contains("CREATE EXTENSION vector", Assert.ThrowsAny<IOException>(() => Index(MailStorages.Open(server.AddressWithoutVectors))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mailbox_that_is_not_there_is_told() =>
        Assert.Contains("search index --mail PATH --storage", Assert.Throws<FileNotFoundException>(() => MailSearchIndex.Open(MailStorages.Open($"{server.Address}?mailbox=nobody"), s_encoder)).Message, StringComparison.Ordinal);

    [Fact]
    public void Tables_of_a_newer_version_or_of_another_program_are_left_alone()
    {
        MailStorage storage = MailStorages.Open($"{server.Address}?mailbox=version");
        Index(storage);
        server.Execute("UPDATE inkling_mail_version.version SET version = 1000");
        Assert.Contains("newer Inkling", Assert.Throws<InvalidDataException>(() => Index(storage)).Message, StringComparison.Ordinal);
        Assert.Contains("newer Inkling", Assert.Throws<InvalidDataException>(() => MailSearchIndex.Open(storage, s_encoder)).Message, StringComparison.Ordinal);
        server.Execute("DROP SCHEMA inkling_mail_version CASCADE; CREATE SCHEMA inkling_mail_version; CREATE TABLE inkling_mail_version.mine (x text)");
        Assert.Contains("another program", Assert.Throws<InvalidDataException>(() => Index(storage)).Message, StringComparison.Ordinal);
        Assert.Contains("another program", Assert.Throws<InvalidDataException>(() => MailSearchIndex.Open(storage, s_encoder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Passages_that_are_missing_are_told()
    {
        MailStorage storage = MailStorages.Open($"{server.Address}?mailbox=missing");
        Index(storage);
        using MailSearchIndex index = MailSearchIndex.Open(storage, s_encoder);
        Assert.True(index.Verify(TestContext.Current.CancellationToken) > 0);
        server.Execute("DELETE FROM inkling_mail_missing.passage");
        Assert.Contains("do not have the passages", Assert.Throws<InvalidDataException>(() => index.Verify(TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        server.Execute("DROP TABLE inkling_mail_missing.passage");
        Assert.Contains("not those of this program", Assert.Throws<InvalidDataException>(() => index.Search(new MailSearchRequest { Text = "roof" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_writes_on_the_connection_that_holds_its_lock()
    {
        using TcpRelay relay = new(server.Address);
        relay.Start();
        Index(MailStorages.Open($"{relay.Address}?mailbox=one"));
        Assert.Equal(1, relay.Accepted);
    }

    private static void Index(MailStorage storage)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("inkling-mail-errors-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.mbox"), MadeUpMailbox.Mbox([("roof", "Ann <ann@x.example>", "2025-01-01", "Roof", "The roof leaks.")]));
            new MailIndexer(s_encoder, new MailIndexOptions { Mail = [folder.FullName], Storage = storage }).Run();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Two : ITextEncoder
    {
        public string Name => "two";

        public int Dimensions => 2;

        public void Encode(ReadOnlySpan<char> text, Span<float> vector) => (vector[0], vector[1]) = (text.Length, 1);
    }
}

/// <summary>Which machine a file is of.</summary>
public sealed class PostgresMailFilesTests
{
    [Fact]
    public void Machines_of_one_name_and_copies_of_one_system_are_told_apart()
    {
        string[] machines = [PostgresMailFiles.Machine("mail", "a"), PostgresMailFiles.Machine("mail", "b"), PostgresMailFiles.Machine("desk", "a"), PostgresMailFiles.Machine("desk", ""), PostgresMailFiles.Machine("", "desk")];
        Assert.Equal(machines.Length, machines.Distinct().Count());
        Assert.Equal(machines[0], PostgresMailFiles.Machine("mail", "a"));
        Assert.DoesNotContain(machines, machine => machine.Contains("mail", StringComparison.Ordinal));
    }
}

/// <summary>Which place a connection string means.</summary>
public sealed class MailStoragesTests
{
    [Theory]
    [InlineData("sqlite:x")]
    [InlineData("folder:")]
    [InlineData("postgres://host")]
    [InlineData("postgres://me:secret@host/db?mailbox=")]
    [InlineData("postgres://me:secret@host/db?mailbox=Ann's")]
    [InlineData("postgres://me:secret@host/db?timeout=3")]
    [InlineData("postgres://me@host/db?password=secret&mailbox=ann")]
    [InlineData("postgres://me@host/db?sslpassword=secret")]
    public void Other_strings_are_refused(string connection) =>
        Assert.DoesNotContain("secret", Assert.Throws<ArgumentException>(() => MailStorages.Open(connection)).Message, StringComparison.Ordinal);

    [Fact]
    public void Whoever_gives_a_password_as_a_setting_is_told_where_it_belongs() =>
        Assert.Contains("PGPASSWORD", Assert.Throws<ArgumentException>(() => MailStorages.Open("postgres://me@host/db?password=secret")).Message, StringComparison.Ordinal);
}
