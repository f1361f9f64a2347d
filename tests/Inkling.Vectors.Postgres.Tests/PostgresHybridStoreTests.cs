using System.Net;
using System.Net.Sockets;

namespace Inkling.Vectors.Tests;

/// <summary>A store in PostgreSQL.</summary>
[Collection("one data base")]
[Trait("Speed", "Slow")]
public sealed class PostgresHybridStoreTests(PgliteServer server) : HybridStoreContract
{
    protected override IHybridStore Open(HybridStoreOptions options) => HybridStores.Open(server.Address, options);

    private static HybridStoreOptions New(int dimensions) => new() { Dimensions = dimensions, Metric = Metric.L2, Name = "test-" + Guid.NewGuid().ToString("N") };

    [Fact]
    public void An_older_pgvector_finds_as_many_where_few_pass()
    {
        HybridStoreOptions options = New(8);
        using IHybridStore usual = Open(options);
        float[] vectors = Given.Vectors(2000, 8);
        usual.Set([.. Enumerable.Range(0, 2000).Select(i => new HybridEntry(i, "", vectors.AsMemory(i * 8, 8)) { Labels = new Dictionary<string, string> { ["part"] = $"{i % 100}" } })]);
        HybridFilter seventh = new() { LabelParts = new Dictionary<string, string> { ["part"] = "77" } };
        long[] expected = [.. usual.Search("", vectors.AsSpan(0, 8), 15, seventh).Select(hit => hit.Key)];
        Assert.Equal(15, expected.Length);
        server.Execute("CREATE TABLE version_before AS SELECT extversion FROM pg_extension WHERE extname = 'vector'; UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'");
        try
        {
            using IHybridStore older = Open(options);
            Assert.Equal(expected, older.Search("", vectors.AsSpan(0, 8), 15, seventh).Select(hit => hit.Key));
        }
        finally
        {
            server.Execute("UPDATE pg_extension SET extversion = (SELECT extversion FROM version_before) WHERE extname = 'vector'; DROP TABLE version_before");
        }
    }

    [Fact]
    public void A_text_with_very_many_words_is_taken()
    {
        using IHybridStore store = Open(New(1));
        store.Set([new HybridEntry(1, string.Join(' ', Enumerable.Range(100_000, 200_000).Select(i => $"w{i}")), new float[] { 1 })]);
        Assert.Equal(1, store.Search("w100001", [], 5).Single().Key);
    }

    [Fact]
    public void A_word_with_an_ampersand_stays_one_word()
    {
        using IHybridStore store = Open(New(1));
        store.Set([new HybridEntry(1, "see example.org/other", new float[] { 1 }), new HybridEntry(2, "see example.org/a?x=1&y=2", new float[] { 1 })]);
        Assert.Equal([2L, 1], store.Search("example.org/a?x=1&y=2", [], 5).Select(hit => hit.Key));
    }
}

/// <summary>What goes wrong on the way to a server.</summary>
[Collection("one data base")]
[Trait("Speed", "Slow")]
public sealed class PostgresHybridErrorTests(PgliteServer server)
{
    private static readonly HybridStoreOptions s_options = new() { Dimensions = 2 };

    [Fact]
    public void A_server_that_is_not_there_is_named_without_its_password()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        HybridStoreException gone = Assert.Throws<HybridStoreException>(() => HybridStores.Open($"postgres://me:secret@127.0.0.1:{port}/db", s_options));
        Assert.Contains($"postgres://me@127.0.0.1:{port}/db cannot be reached", gone.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_without_pgvector_says_how_to_get_it()
    {
        HybridStoreException without = Assert.Throws<HybridStoreException>(() => HybridStores.Open(server.AddressWithoutVectors, s_options));
        Assert.Contains("CREATE EXTENSION vector", without.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_a_newer_version_or_of_another_program_are_left_alone()
    {
        string address = server.Address;
        HybridStores.Open(address, s_options).Dispose();
        server.Execute("UPDATE inkling_vectors.version SET version = 1000");
        try
        {
            Assert.Contains("newer Inkling", Assert.Throws<HybridStoreException>(() => HybridStores.Open(address, s_options)).Message, StringComparison.Ordinal);
            server.Execute("ALTER SCHEMA inkling_vectors RENAME TO aside; CREATE SCHEMA inkling_vectors; CREATE TABLE inkling_vectors.mine (x text)");
            Assert.Contains("another program", Assert.Throws<HybridStoreException>(() => HybridStores.Open(address, s_options)).Message, StringComparison.Ordinal);
        }
        finally
        {
            server.Execute("DROP SCHEMA inkling_vectors CASCADE; ALTER SCHEMA aside RENAME TO inkling_vectors; UPDATE inkling_vectors.version SET version = 1");
        }

        HybridStores.Open(address, s_options).Dispose();
    }
}

/// <summary>Which store a connection string means.</summary>
public sealed class HybridStoresTests
{
    private static readonly HybridStoreOptions s_options = new() { Dimensions = 2 };

    [Fact]
    public void Memory_and_folders_need_no_server()
    {
        using IHybridStore memory = HybridStores.Open("memory", s_options);
        Assert.IsType<LocalHybridStore>(memory);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("inkling-store-test-");
        using (IHybridStore store = HybridStores.Open($"folder:{folder.FullName}", s_options))
            store.Save();
        Assert.Single(folder.GetFiles("*.store"));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("sqlite:x")]
    [InlineData("folder:")]
    [InlineData("postgres://host")]
    [InlineData("postgres://host/a/b")]
    [InlineData("postgres://me:secret@host/db?timeout=3")]
    [InlineData("postgres://me:secret@host/db?sslmode=perhaps")]
    [InlineData("postgres://me@host/db?password=secret")]
    [InlineData("postgres://me@host/db?sslpassword=secret")]
    public void Other_strings_are_refused(string connection) =>
        Assert.DoesNotContain("secret", Assert.Throws<ArgumentException>(() => HybridStores.Open(connection, s_options)).Message, StringComparison.Ordinal);
}
