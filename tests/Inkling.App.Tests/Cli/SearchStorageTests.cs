using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Studio.Searching;
using Inkling.Mail;
using Inkling.Vectors.Tests;

namespace Inkling.App.Tests.Cli;

/// <summary><c>inkling search --storage</c>: the same search over a mailbox in PostgreSQL, and the studio's.</summary>
[Collection("one data base")]
[Trait("Speed", "Slow")]
public sealed class SearchStorageTests(PgliteServer server) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-search-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Index_query_and_verify()
    {
        string storage = $"{server.Address.Replace("postgres@", "postgres:secret@", StringComparison.Ordinal)}?mailbox=cli";
        await File.WriteAllTextAsync(Path.Combine(_home, "mail.jsonl"), """
            {"id": "1", "from": "ann@example.org", "date": "2026-01-05T10:00:00Z", "subject": "Roof", "text": "The tiles on the north side will cost 7,100 euros."}
            {"id": "2", "from": "bob@example.org", "date": "2026-02-05T10:00:00Z", "subject": "Dinner", "text": "Shall we eat at the Greek restaurant on Friday evening?"}

            """, TestContext.Current.CancellationToken);
        Outcome none = await RunAsync("search", "query", "--storage", storage, "roof");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("there is no mailbox", none.ErrorLine, StringComparison.Ordinal);
        Outcome index = await RunAsync("search", "index", "--mail", "mail.jsonl", "--storage", storage);
        Assert.Equal(0, index.ExitCode);
        Assert.Contains("2 mails, 2 of them new", index.Output, StringComparison.Ordinal);
        Assert.Contains("?mailbox=cli", index.Output, StringComparison.Ordinal);
        Outcome query = await RunAsync("search", "query", "--storage", storage, "--top", "1", "--json", "what does the roof cost");
        Assert.Equal((0, ""), (query.ExitCode, query.Errors));
        using (JsonDocument hits = JsonDocument.Parse(query.Output)) Assert.Contains("7,100 euros", Assert.Single(hits.RootElement.EnumerateArray()).GetProperty("snippet").GetString(), StringComparison.Ordinal);
        Outcome filtered = await RunAsync("search", "query", "--storage", storage, "--after", "2026-02-01", "--from", "BOB", "--folder", "mail", "where", "do", "we", "eat");
        Assert.Contains("bob@example.org  Dinner", filtered.Output, StringComparison.Ordinal);
        Outcome verify = await RunAsync("search", "verify", "--storage", storage);
        Assert.Equal((0, ""), (verify.ExitCode, verify.Errors));
        Assert.StartsWith("sound: 2 mails, 2 passages", verify.Output, StringComparison.Ordinal);
        Assert.All((Outcome[])[none, index, query, filtered, verify], outcome => Assert.DoesNotContain("secret", outcome.Output + outcome.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Indexing_that_was_killed_goes_on_to_all_of_the_mail()
    {
        const int Mails = 3000;
        string storage = $"{server.Address}?mailbox=killed";
        await File.WriteAllTextAsync(Path.Combine(_home, "mail.mbox"), MadeUpMail.Mbox(Mails, 1), TestContext.Current.CancellationToken);
        string[] command = ["search", "index", "--mail", "mail.mbox", "--storage", storage, "--json"];
        using (InklingProcess run = InklingProcess.Start(_home, command))
        {
            await run.WaitForAsync("reading");
            run.Slay();
            Assert.Equal(137, (await run.EndAsync()).ExitCode);
        }

        Outcome whole = await RunAsync(command);
        Assert.Equal(0, whole.ExitCode);
        using JsonDocument made = JsonDocument.Parse(whole.Output);
        Assert.Equal(Mails, made.RootElement.GetProperty("mails").GetInt32());
        Assert.InRange(made.RootElement.GetProperty("added").GetInt32(), 1, Mails - 1);
        Assert.StartsWith("sound: 3,000 mails", (await RunAsync("search", "verify", "--storage", storage)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_studio_searches_and_indexes_there()
    {
        MailStorage storage = MailStorages.Open($"{server.Address}?mailbox=studio");
        string mail = Path.Combine(_home, "a.jsonl");
        await File.WriteAllTextAsync(mail, """{"id": "1", "from": "ann@example.org", "subject": "Roof", "text": "The tiles on the north side will cost 7,100 euros."}""" + "\n", TestContext.Current.CancellationToken);
        DataFolder data = new(Path.Combine(_home, "data"));
        using (SearchService first = new(data, storage))
        {
            await first.StartAsync(TestContext.Current.CancellationToken);
            first.Add(mail, null);
            while (first.State.Busy) await Task.Delay(20, TestContext.Current.CancellationToken);
            Assert.Null(first.State.Error);
            Assert.Single(first.Search(new MailSearchRequest { Text = "tiles" }));
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        using SearchService service = new(data, storage);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, service.State.Mails);
        Assert.Equal([mail], service.State.Sources);
        MailHit hit = Assert.Single(service.Search(new MailSearchRequest { Text = "tiles" }));
        Assert.Single(service.Thread(hit.Number));
        Assert.NotEmpty(service.OwnSentences("The tiles on the north side of the roof", "", 3));
        using SearchService here = new(data);
        await here.StartAsync(TestContext.Current.CancellationToken);
        await here.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, here.State.Mails);
    }

    [Fact]
    public async Task The_studio_finds_a_server_that_was_away_when_it_began()
    {
        using TcpRelay relay = new(server.Address);
        string mail = Path.Combine(_home, "a.jsonl");
        await File.WriteAllTextAsync(mail, """{"id": "1", "from": "ann@example.org", "subject": "Roof", "text": "The tiles on the north side will cost 7,100 euros."}""" + "\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("search", "index", "--mail", mail, "--storage", $"{server.Address}?mailbox=away")).ExitCode);
        MailStorage storage = MailStorages.Open($"{relay.Address}?mailbox=away");
        using SearchService searched = new(new DataFolder(Path.Combine(_home, "searched")), storage), written = new(new DataFolder(Path.Combine(_home, "written")), storage);
        foreach (SearchService service in (SearchService[])[searched, written])
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
            while (service.State.Error is null) await Task.Delay(20, TestContext.Current.CancellationToken);
            Assert.Contains("cannot be reached", service.State.Error, StringComparison.Ordinal);
        }

        Assert.Contains("cannot be reached", Assert.ThrowsAny<IOException>(() => searched.Search(new MailSearchRequest { Text = "tiles" })).Message, StringComparison.Ordinal);
        relay.Start();
        Assert.Single(searched.Search(new MailSearchRequest { Text = "tiles" }));
        Assert.Equal((1, null), (searched.State.Mails, searched.State.Error));
        while (written.OwnSentences("The tiles on the north side of the roof", "", 3).Count == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal((1, null), (written.State.Mails, written.State.Error));
    }

    [Theory]
    [InlineData(2, "neither folder:PATH nor postgres://", "search", "query", "--storage", "sqlite:x", "roof")]
    [InlineData(2, "not both", "search", "verify", "--index", "x", "--storage", "postgres://me@host/db")]
    [InlineData(1, "cannot be reached", "search", "query", "--storage", "postgres://me:secret@127.0.0.1:1/db", "roof")]
    [InlineData(2, "--search-storage", "studio", "--search-storage", "postgres://me:secret@host")]
    public async Task What_is_wrong_is_one_clear_line(int code, string named, params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.Equal((code, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(named, outcome.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome.ErrorLine, StringComparison.Ordinal);
    }

    private Task<Outcome> RunAsync(params string[] arguments) => InklingProcess.RunAsync(_home, arguments, null);
}
