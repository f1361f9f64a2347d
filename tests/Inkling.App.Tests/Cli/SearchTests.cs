using System.Text.Json;

namespace Inkling.App.Tests.Cli;

/// <summary><c>inkling search</c> and <c>inkling embed</c> as processes of their own, with the shipped model.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-search-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Index_query_and_verify()
    {
        await File.WriteAllTextAsync(Path.Combine(_home, "mail.jsonl"), """
            {"id": "1", "from": "ann@example.org", "date": "2026-01-05T10:00:00Z", "subject": "Roof", "text": "The tiles on the north side will cost 7,100 euros."}
            {"id": "2", "from": "bob@example.org", "date": "2026-02-05T10:00:00Z", "subject": "Dinner", "text": "Shall we eat at the Greek restaurant on Friday evening?"}
            no json

            """, TestContext.Current.CancellationToken);
        Outcome index = await RunAsync(["search", "index", "--mail", "mail.jsonl", "--out", "index", "--json"]);
        Assert.Equal(0, index.ExitCode);
        Assert.Contains("warning:", index.Errors, StringComparison.Ordinal);
        using (JsonDocument made = JsonDocument.Parse(index.Output)) Assert.Equal((2, 2), (made.RootElement.GetProperty("mails").GetInt32(), made.RootElement.GetProperty("added").GetInt32()));

        Outcome query = await RunAsync(["search", "query", "--index", "index", "--top", "1", "--json", "what does the roof cost"]);
        Assert.Equal((0, ""), (query.ExitCode, query.Errors));
        using JsonDocument hits = JsonDocument.Parse(query.Output);
        JsonElement hit = Assert.Single(hits.RootElement.EnumerateArray());
        Assert.Equal(("1", "ann@example.org", "Roof"), (hit.GetProperty("id").GetString(), hit.GetProperty("from").GetString(), hit.GetProperty("subject").GetString()));
        Assert.Contains("7,100 euros", hit.GetProperty("snippet").GetString(), StringComparison.Ordinal);
        Assert.InRange(hit.GetProperty("score").GetDouble(), 0.1, 1);
        Assert.Equal(5, hit.GetProperty("date").GetDateTimeOffset().Day);

        Outcome filtered = await RunAsync(["search", "query", "--index", "index", "--after", "2026-02-01", "--from", "bob", "where", "do", "we", "eat"]);
        Assert.Equal(0, filtered.ExitCode);
        Assert.Contains("bob@example.org  Dinner", filtered.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", filtered.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Roof", filtered.Output, StringComparison.Ordinal);

        Outcome verify = await RunAsync(["search", "verify", "--index", "index"]);
        Assert.Equal((0, ""), (verify.ExitCode, verify.Errors));
        Assert.StartsWith("sound: 2 mails", verify.Output, StringComparison.Ordinal);
        Outcome json = await RunAsync(["search", "verify", "--index", "index", "--json"]);
        Assert.Equal((0, ""), (json.ExitCode, json.Errors));
        using JsonDocument sound = JsonDocument.Parse(json.Output);
        Assert.Equal(["mails", "passages", "bytes"], sound.RootElement.EnumerateObject().Select(one => one.Name));
        Assert.Equal(2, sound.RootElement.GetProperty("mails").GetInt32());
    }

    [Theory]
    [InlineData(2, "a question", "search", "query", "--index", "x")]
    [InlineData(2, "--mail", "search", "index", "--out", "x")]
    [InlineData(2, "2026-01-31", "search", "query", "--after", "tomorrow", "roof")]
    [InlineData(2, "no word", "search", "query", "?!")]
    [InlineData(2, "1 to 1000", "search", "query", "--top", "0", "roof")]
    [InlineData(1, "does not exist", "search", "query", "--index", "nowhere", "roof")]
    [InlineData(1, "no such file", "search", "index", "--mail", "nowhere", "--out", "x")]
    [InlineData(1, "sentence encoder", "embed", "--model", "nowhere", "text")]
    public async Task What_is_wrong_is_one_clear_line(int code, string named, params string[] arguments)
    {
        Outcome outcome = await RunAsync(arguments);
        Assert.Equal((code, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(named, outcome.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", outcome.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embed_answers_every_line_with_an_array()
    {
        Outcome outcome = await RunAsync(["embed", "--json", "-"], "When do we meet?\n\nWhat time is our meeting?\n");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        double[][] vectors = [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<double[]>(line)!)];
        Assert.Equal(3, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(vectors[0].Length, vector.Length));
        Assert.All(vectors[1], value => Assert.Equal(0, value));
        Assert.Equal(1, vectors[0].Sum(value => value * value), 3);
        Assert.InRange(vectors[0].Zip(vectors[2], (a, b) => a * b).Sum(), 0.7, 1);
    }

    [Fact]
    public async Task Embed_answers_a_line_before_the_next_and_ends_at_an_interrupt()
    {
        using InklingProcess embed = InklingProcess.StartOpen(_home, "embed", "--json", "-");
        embed.Say("When do we meet?");
        await embed.WaitForAsync("]\n");
        string first = embed.Output;
        embed.Say("Where do we meet?");
        await embed.WaitForAsync($"{first}[");
        embed.Interrupt();
        Outcome outcome = await embed.EndAsync();
        Assert.Equal(130, outcome.ExitCode);
        Assert.Contains("interrupted", outcome.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Indexing_that_was_killed_goes_on_to_all_of_the_mail()
    {
        const int Mails = 20_000;
        await File.WriteAllTextAsync(Path.Combine(_home, "mail.mbox"), MadeUpMail.Mbox(Mails, 1), TestContext.Current.CancellationToken);
        string[] command = ["search", "index", "--mail", "mail.mbox", "--out", "index", "--json"];
        using (InklingProcess run = InklingProcess.Start(_home, command))
        {
            await run.WaitForAsync("reading");
            run.Slay();
            Outcome killed = await run.EndAsync();
            Assert.Equal((137, ""), (killed.ExitCode, killed.Output));
        }

        Outcome whole = await RunAsync(command);
        Assert.Equal(0, whole.ExitCode);
        using JsonDocument made = JsonDocument.Parse(whole.Output);
        Assert.Equal(Mails, made.RootElement.GetProperty("mails").GetInt32());
        Assert.InRange(made.RootElement.GetProperty("added").GetInt32(), 0, Mails - 1);
        Outcome sound = await RunAsync(["search", "verify", "--index", "index"]);
        Assert.StartsWith("sound: 20,000 mails", sound.Output, StringComparison.Ordinal);
    }

    private Task<Outcome> RunAsync(string[] arguments, string? input = null) => InklingProcess.RunAsync(_home, arguments, input);
}
