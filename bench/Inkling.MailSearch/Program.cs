// Mails a second and milliseconds a query of the mail search:  bench/mail-search [--mails 100000] [--data FOLDER]
// The mailbox is made of the mail data set, over and over with other names and numbers in it, until there are so many.
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Inkling.Language;
using Inkling.Mail;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Argument(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;
string root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));
string data = Path.Combine(Argument("--data", Path.Combine(root, "..", "shared", "data")), "mail", "train.jsonl.gz");
int mails = int.Parse(Argument("--mails", "100000"));
if (!File.Exists(data))
{
    Console.Error.WriteLine($"mail-search: {data} is not there; give the folder of the data with --data.");
    return 1;
}

string folder = Directory.CreateTempSubdirectory("inkling-mail-search-").FullName;
try
{
    string mailbox = Path.Combine(folder, "mail.jsonl");
    string[] texts = Write(mailbox);
    SentenceEncoder encoder = SentenceEncoder.Load(Path.Combine(root, "models", "sentence"));
    Encode(encoder, texts);
    MailIndexOptions options = new() { Mail = [mailbox], Folder = Path.Combine(folder, "index") };
    MailIndexResult result = new MailIndexer(encoder, options).Run();
    Console.WriteLine($"index: {result.Mails:#,0} mails, {result.Passages:#,0} passages in {result.Elapsed.TotalSeconds:0.0} s: {result.Mails / result.Elapsed.TotalSeconds:#,0} mails/s; {Directory.EnumerateFiles(options.Folder).Sum(file => new FileInfo(file).Length) / 1e6:0} MB");
    long started = Stopwatch.GetTimestamp();
    MailIndexResult again = new MailIndexer(encoder, options).Run();
    Console.WriteLine($"again, nothing new: {again.Added} added in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    started = Stopwatch.GetTimestamp();
    using MailSearchIndex index = MailSearchIndex.Open(options.Folder, encoder);
    Console.WriteLine($"open: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms");
    Query(index);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

string[] Write(string path)
{
    List<string> lines = [], some = [];
    using (StreamReader reader = new(new GZipStream(File.OpenRead(data), CompressionMode.Decompress)))
    {
        while (reader.ReadLine() is { } line) lines.Add(line);
    }

    using StreamWriter writer = new(path, false, new UTF8Encoding(false));
    for (int i = 0; i < mails; i++)
    {
        JsonNode one = JsonNode.Parse(lines[i % lines.Count])!;
        int round = i / lines.Count;
        string text = (string?)one["text"] ?? "";
        if (round > 0) text = $"Round {round}, number {i}. {text.Replace(" the ", $" the {(char)('a' + round)}-", StringComparison.Ordinal)}";
        one["text"] = text;
        one["id"] = $"{i}@made.up";
        writer.WriteLine(one.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        if (i % 50 == 0) some.Add(text.Length > 120 ? text[..120] : text);
    }

    return [.. some];
}

static void Encode(SentenceEncoder encoder, string[] texts)
{
    float[] vector = new float[encoder.Dimensions];
    long started = Stopwatch.GetTimestamp(), done = 0;
    while (Stopwatch.GetElapsedTime(started).TotalSeconds < 2)
    {
        foreach (string text in texts) encoder.Encode(text, vector);
        done += texts.Length;
    }

    Console.WriteLine($"encode: {done / Stopwatch.GetElapsedTime(started).TotalSeconds:#,0} texts/s of at most 120 characters, one thread");
}

static void Query(MailSearchIndex index)
{
    string[] questions =
    [
        "when did we agree to meet about the gas contract", "who can send me the presentation", "the flight to London was cancelled", "please approve the invoice",
        "problem with the server over the weekend", "what did the lawyers say about the agreement", "happy birthday", "new price for natural gas in California",
        "can we move the call to Friday afternoon", "list of people who will attend the dinner",
    ];
    List<double> times = [];
    TimeSpan cpu = default;
    for (int round = 0; round < 6; round++)
    {
        if (round == 1) cpu = Environment.CpuUsage.TotalTime;
        foreach (string question in questions)
        {
            long started = Stopwatch.GetTimestamp();
            index.Search(new MailSearchRequest { Text = question });
            if (round > 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    times.Sort();
    Console.WriteLine($"query: median {times[times.Count / 2]:0.0} ms, p90 {times[times.Count * 9 / 10]:0.0} ms, worst {times[^1]:0.0} ms of {times.Count}; {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / times.Count:0.0} ms of processor time each");
    long begun = Stopwatch.GetTimestamp();
    for (int i = 0; i < 20; i++) index.OwnSentences("I am sorry that I could not come to the meeting,", "Meeting on Friday", 3);
    Console.WriteLine($"you wrote before: {Stopwatch.GetElapsedTime(begun).TotalMilliseconds / 20:0.0} ms");
}
