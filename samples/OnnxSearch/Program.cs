// Asks a mailbox with a transformer that sentence-transformers exported to ONNX:   dotnet run -c Release --project samples/OnnxSearch -- MODEL MAIL "QUESTION" [INDEX]
// MODEL is its folder (in Python: SentenceTransformer("all-MiniLM-L6-v2", backend="onnx").save_pretrained("model")), MAIL an .mbox, a Maildir, or a folder of .eml files.
// With MODEL alone, texts from standard input are encoded: one a line in, one vector a line out, as by ./inkling embed.
using System.Diagnostics;
using System.Globalization;
using Inkling.Language;
using Inkling.Mail;

if (args.Length is 0 or 2 or > 4)
{
    Console.WriteLine("Give the folder of a model that was exported to ONNX; and mail, a question, and a folder for the index (made of the mail's name if left out).");
    return 2;
}

try
{
    using OnnxSentenceEncoder encoder = OnnxSentenceEncoder.Load(args[0]);
    if (args.Length == 1) Embed(encoder);
    else Ask(encoder, args[1], args[2], args.Length > 3 ? args[3] : Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(args[1].TrimEnd('/'))}.{encoder.Name}"));
    return 0;
}
catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or InvalidOperationException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

static void Embed(OnnxSentenceEncoder encoder)
{
    foreach (string[] lines in Lines().Chunk(256))
        foreach (float[] vector in encoder.EncodeMany(lines)) Console.WriteLine(string.Join(' ', vector.Select(value => value.ToString("0.######", CultureInfo.InvariantCulture))));
}

static IEnumerable<string> Lines()
{
    while (Console.ReadLine() is { } line) yield return line;
}

static void Ask(OnnxSentenceEncoder encoder, string mail, string question, string folder)
{
    long started = Stopwatch.GetTimestamp();
    MailIndexResult result = new MailIndexer(encoder, new MailIndexOptions { Mail = [mail], Folder = folder }).Run();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Mails} mails, {result.Added} of them new, {result.Passages} passages, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s; {encoder}"));
    using MailSearchIndex index = MailSearchIndex.Open(folder, encoder);
    foreach (MailHit hit in index.Search(new MailSearchRequest { Text = question, Top = 5 }))
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hit.Score:0.00}  {hit.Date:yyyy-MM-dd}  {hit.From}: {hit.Subject}\n      {hit.Snippet}"));
}
