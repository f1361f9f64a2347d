using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Searching;
using Inkling.App.Training;
using Inkling.Mail;
using Inkling.Text;

namespace Inkling.App.Commands;

/// <summary><c>search index</c>, <c>search query</c>, <c>search verify</c>: a mailbox that can be asked.</summary>
internal sealed class SearchCommand : AppCommand
{
    private readonly Argument<string> _action = new("ACTION") { Description = "What to do: index, query or verify." };
    private readonly Argument<string[]> _text = new("TEXT") { Description = "query: the question, in your own words.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _mail = new("--mail")
    {
        Description = "index: mail, .eml, .mbox, a Maildir, a folder of any of these, .jsonl or .jsonl.gz.",
        HelpName = "PATH...",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _out = new("--out") { Description = "index: where the index is, or goes; by default your own, which the studio uses as well.", HelpName = "DIR" };
    private readonly Option<string?> _me = new("--me") { Description = "index: your addresses, to tell your own mail from others'.", HelpName = "ADDRESS" };
    private readonly Option<string?> _index = new("--index") { Description = "query, verify: the index; by default your own.", HelpName = "DIR" };
    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "A data base to keep mail and index in instead: postgres://user@host/database, with pgvector; ?mailbox=NAME for one of several. It gets the text of your mail. The password is better in PGPASSWORD or ~/.pgpass.",
        HelpName = "URL",
    };

    private readonly Option<int> _top = new("--top") { Description = "query: how many mails, 1 to 1,000.", DefaultValueFactory = _ => 10, HelpName = "N" };
    private readonly Option<string?> _from = new("--from") { Description = "query: only mail by a sender with this in name or address.", HelpName = "NAME" };
    private readonly Option<string?> _folder = new("--folder") { Description = "query: only mail in a folder with this in its name.", HelpName = "NAME" };
    private readonly Option<string?> _after = new("--after") { Description = "query: only mail of this day or later.", HelpName = "YYYY-MM-DD" };
    private readonly Option<string?> _before = new("--before") { Description = "query: only mail before this day.", HelpName = "YYYY-MM-DD" };
    private readonly Option<string?> _model = new("--model") { Description = "The folder of a sentence encoder; by default the shipped one.", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as one JSON document." };

    public SearchCommand() : base("search", "Find mail by what it says: index a mailbox, ask it, verify the index.")
    {
        _action.AcceptOnlyFromAmong("index", "query", "verify");
        Add(_action);
        Add(_text);
        foreach (Option option in (Option[])[_mail, _out, _me, _index, _storage, _top, _from, _folder, _after, _before, _model, _json])
        {
            Add(option);
        }
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling search index --mail ~/Mail", "read the mailbox; again later, which adds what is new and removes what is gone"),
        ("inkling search query \"when did we agree to meet the printers\"", "ask it"),
        ("inkling search query --from ann --after 2026-01-01 --json \"the offer for the roof\"", "with filters, for a script"),
        ("inkling search verify", "compare all of the index with its checksums"),
        ("inkling search index --mail ~/Mail --storage postgres://ann@db.example/mail", "the same in PostgreSQL with pgvector"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop) => given.GetValue(_action) switch
    {
        "index" => Task.FromResult(Index(given, stop)),
        "query" => QueryAsync(given, stop),
        _ => VerifyAsync(given, stop),
    };

    private int Index(ParseResult given, CancellationToken stop)
    {
        if (given.GetValue(_text) is [_, ..] || given.GetValue(_mail) is not [_, ..] mail)
        {
            throw FailureException.Usage("search index takes --mail PATH... and --out DIR");
        }

        if (given.GetValue(_index) is not null)
        {
            throw FailureException.Usage("search index has --out for the folder of the index, not --index");
        }

        MailStorage storage = Storage(given);
        MailIndexOptions options = new() { Mail = MailPaths.Existing("--mail", mail), Storage = storage, Me = given.GetValue(_me) };
        MailIndexer indexer = new(SearchPlaces.LoadEncoder(given.GetValue(_model)), options);
        bool terminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        MailIndexResult result;
        try
        {
            result = indexer.Run(new IndexProgressLine(Console.Error, terminal), pause: null, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine($"{(terminal ? "\n" : "")}inkling: interrupted (and nothing lost): the same command goes on where it stopped");
            return ExitCode.Interrupted;
        }

        foreach (string note in result.Reading.Notes) Console.Error.WriteLine($"note: {note}");
        foreach (string warning in result.Reading.Warnings) Console.Error.WriteLine($"warning: {warning}");
        StandardOutput.WriteLine(given.GetValue(_json)
            ? JsonSerializer.Serialize(IndexAnswer.Of(storage.Place, result), AppJson.Readable.IndexAnswer)
            : string.Create(CultureInfo.InvariantCulture, $"{storage.Place}: {result.Mails:#,0} mails, {result.Added:#,0} of them new{(result.Gone > 0 ? string.Create(CultureInfo.InvariantCulture, $", {result.Gone:#,0} gone") : "")}, in {TrainingWords.Time(result.Elapsed)}"));
        return ExitCode.Done;
    }

    private async Task<int> QueryAsync(ParseResult given, CancellationToken stop)
    {
        string text = string.Join(' ', given.GetValue(_text) ?? []);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw FailureException.Usage("search query takes a question, as in: inkling search query \"when do we meet\"");
        }

        List<string> terms = [];
        WordAnalyzer.Default.Analyze(text, terms);
        if (terms.Count == 0)
        {
            throw FailureException.Usage("search query: there is no word in the question. Ask something, as in: inkling search query \"when do we meet\"");
        }

        int top = given.GetValue(_top);
        if (top is < 1 or > 1000)
        {
            throw FailureException.Usage($"--top {top}: give 1 to 1000");
        }

        MailSearchRequest request = new()
        {
            Text = text, Top = top, From = given.GetValue(_from), Folder = given.GetValue(_folder), After = Day("--after", given.GetValue(_after)), Before = Day("--before", given.GetValue(_before)),
        };
        (IReadOnlyList<MailHit> hits, int mails) = await Leaving.RunAsync(
            () =>
            {
                using MailSearchIndex index = Open(given);
                return (index.Search(request), index.Mails);
            },
            stop).ConfigureAwait(false);
        if (given.GetValue(_json))
        {
            StandardOutput.WriteLine(JsonSerializer.Serialize([.. hits.Select(SearchAnswer.Of)], AppJson.Readable.SearchAnswerArray));
        }
        else if (hits.Count == 0)
        {
            Console.Error.WriteLine($"inkling: nothing in {mails} mails has a word of that or means something like it{(request is { From: null, Folder: null, After: null, Before: null } ? "" : ", with these filters")}");
        }
        else
        {
            StandardOutput.WriteLine(Describe(hits, colours: !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or ""));
        }

        return ExitCode.Done;
    }

    private async Task<int> VerifyAsync(ParseResult given, CancellationToken stop)
    {
        if (given.GetValue(_text) is [_, ..])
        {
            throw FailureException.Usage("search verify takes no text, only --index DIR or --storage URL");
        }

        VerifyAnswer answer = await Leaving.RunAsync(
            () =>
            {
                using MailSearchIndex index = Open(given);
                return new VerifyAnswer(index.Mails, index.Passages, index.Verify(stop));
            },
            stop).ConfigureAwait(false);
        StandardOutput.WriteLine(given.GetValue(_json)
            ? JsonSerializer.Serialize(answer, AppJson.Readable.VerifyAnswer)
            : string.Create(CultureInfo.InvariantCulture, $"sound: {answer.Mails:#,0} mails, {answer.Passages:#,0} passages, {answer.Bytes / 1e6:0.0} MB"));
        return ExitCode.Done;
    }

    private MailSearchIndex Open(ParseResult given) => MailSearchIndex.Open(Storage(given), SearchPlaces.LoadEncoder(given.GetValue(_model)));

    private MailStorage Storage(ParseResult given)
    {
        string? folder = given.GetValue(_index) ?? given.GetValue(_out), storage = given.GetValue(_storage);
        if (folder is not null && storage is not null) throw FailureException.Usage("give a folder or --storage, not both");
        return storage is not null ? SearchPlaces.Storage("--storage", storage) : MailStorage.InFolder(folder ?? SearchPlaces.Index(DataFolder.OfUser()));
    }

    private static DateTimeOffset? Day(string option, string? day) => day is null ? null
        : DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date) ? new DateTimeOffset(date, TimeZoneInfo.Local.GetUtcOffset(date))
        : throw FailureException.Usage($"{option} {day}: give a day as 2026-01-31");

    private static string Describe(IReadOnlyList<MailHit> hits, bool colours)
    {
        StringBuilder text = new();
        foreach (MailHit hit in hits)
        {
            if (text.Length > 0) text.Append("\n\n");
            string date = hit.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "no date";
            text.Append(CultureInfo.InvariantCulture, $"{hit.Score:0.00}  {date}  {Shown(hit.From)}  {(colours ? "\e[1m" : "")}{(hit.Subject.Length > 0 ? Shown(hit.Subject) : "(no subject)")}{(colours ? "\e[0m" : "")}  [{Shown(hit.Folder)}]");
            if (hit.Snippet.Length > 0) text.Append("\n      ").Append(Highlighted(hit, colours));
        }

        return text.ToString();
    }

    private static string Highlighted(MailHit hit, bool colours)
    {
        if (!colours) return Shown(hit.Snippet);
        StringBuilder text = new();
        int at = 0;
        foreach (Range range in hit.Highlights)
        {
            text.Append(Shown(hit.Snippet[at..range.Start.Value])).Append("\e[1;33m").Append(Shown(hit.Snippet[range])).Append("\e[0m");
            at = range.End.Value;
        }

        return text.Append(Shown(hit.Snippet[at..])).ToString();
    }

    // A mail must not steer the terminal.
    private static string Shown(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
