using Inkling.Language;
using Inkling.Training;

namespace Inkling.Mail.Tests.Searching;

public sealed class MailSearchTests : IDisposable
{
    private static readonly Lazy<SentenceEncoder> s_encoder = new(() => SentenceEncoder.Load(Path.Combine(Root(), "models", "sentence")));

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-search-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Mail => Path.Combine(_folder, "mail");

    private string Index => Path.Combine(_folder, "index");

    [Fact]
    public void What_waits_is_merged_into_one_file_of_passages()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        File.AppendAllText(Path.Combine(Mail, "Inbox.mbox"), MadeUpMailbox.Mbox([("boat", "Lee <lee@boats.example>", "2026-01-02", "Your sailing boat", "The mast of your dinghy is mended.")]));
        Run();
        Assert.Single(Directory.EnumerateFiles(Index, "passages-*.index"));

        MailIndexResult merged = Run(waiting: 0);
        Assert.Equal((MadeUpMailbox.Mails.Count + 1, 0), (merged.Mails, merged.Added));
        using MailSearchIndex after = Open();
        Assert.Equal("boat@made.up", after.Search(new MailSearchRequest { Text = "repair of the sailing boat" })[0].Id);
        Assert.Equal(Path.Combine(Index, "passages-2.index"), Assert.Single(Directory.EnumerateFiles(Index, "passages-*.index")));
    }

    [Fact]
    public void Whoever_is_stopped_goes_on_where_it_was()
    {
        Directory.CreateDirectory(Mail);
        File.WriteAllText(Path.Combine(Mail, "a.mbox"), MadeUpMailbox.Mbox(Many(600)));
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new MailIndexer(s_encoder.Value, new MailIndexOptions { Mail = [Mail], Folder = Index }).Run(new Told(progress =>
        {
            if (progress.Stage == MailIndexStage.Reading) stop.Cancel();
        }), null, stop.Token));
        // A record that was being written when the power went.
        File.AppendAllBytes(Path.Combine(Index, "mails.log"), [200, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7]);
        MailIndexResult result = Run();
        Assert.Equal(600, result.Mails);
        Assert.InRange(result.Added, 1, 599);
        using MailSearchIndex index = Open();
        Assert.Equal("number-599@made.up", index.Search(new MailSearchRequest { Text = "item599" })[0].Id);
        index.Verify();
    }

    [Fact]
    public async Task Two_runs_at_once_and_a_pause()
    {
        Directory.CreateDirectory(Mail);
        File.WriteAllText(Path.Combine(Mail, "a.mbox"), MadeUpMailbox.Mbox(Many(300)));
        using PauseGate gate = new();
        using SemaphoreSlim reached = new(0);
        gate.Pause();
        Task<MailIndexResult> first = Task.Run(() => new MailIndexer(s_encoder.Value, new MailIndexOptions { Mail = [Mail], Folder = Index }).Run(new Told(_ => reached.Release()), gate));
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("another run", Assert.Throws<IOException>(() => Run()).Message, StringComparison.Ordinal);
        Assert.False(first.IsCompleted);
        gate.Resume();
        Assert.Equal(300, (await first).Mails);
    }

    [Fact]
    public void Damage_is_told_and_mended_by_indexing_again()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        string passages = Assert.Single(Directory.EnumerateFiles(Index, "passages-*.index"));
        byte[] bytes = File.ReadAllBytes(passages);
        bytes[^5000] ^= 0x55;
        File.WriteAllBytes(passages, bytes);
        Assert.Contains("changed", Assert.Throws<InvalidDataException>(() => Open().Verify()).Message, StringComparison.Ordinal);
        File.WriteAllText(passages, "nothing of the kind");
        Assert.Contains("search index", Assert.Throws<InvalidDataException>(() => Open()).Message, StringComparison.Ordinal);
        Run(waiting: 0);
        File.WriteAllText(Path.Combine(Index, "mails.columns"), "nothing of the kind");
        Assert.Throws<InvalidDataException>(() => Open());
        Run();
        using MailSearchIndex mended = Open();
        Assert.Equal(MadeUpMailbox.Mails.Count, mended.Mails);
        mended.Verify();
        Assert.Equal("garden-hedge@made.up", mended.Search(new MailSearchRequest { Text = "bushes too tall, no sun on the terrace" })[0].Id);
    }

    [Fact]
    public void Wrong_folders_encoders_and_questions_are_told()
    {
        Assert.Contains("does not exist", Assert.Throws<FileNotFoundException>(() => Open()).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Index);
        Assert.Contains("no mails.log", Assert.Throws<FileNotFoundException>(() => Open()).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Mail);
        Assert.Contains("no mail was found", Assert.Throws<InvalidDataException>(() => Run()).Message, StringComparison.Ordinal);
        MadeUpMailbox.Write(Mail);
        Run();
        Assert.Contains("was made with the encoder", Assert.Throws<InvalidDataException>(() => MailSearchIndex.Open(Index, new Other())).Message, StringComparison.Ordinal);
        using MailSearchIndex index = Open();
        Assert.Contains("no word", Assert.Throws<ArgumentException>(() => index.Search(new MailSearchRequest { Text = "?! …" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Search(new MailSearchRequest { Text = "roof", Top = 0 }));
        Assert.Empty(index.Search(new MailSearchRequest { Text = "qwzrtx vbnmkjh" }));
        Assert.NotEmpty(index.Search(new MailSearchRequest { Text = string.Concat(Enumerable.Repeat("the roof and the tiles ", 20_000)) }));
    }

    private static IEnumerable<(string, string, string, string, string)> Many(int count) =>
        Enumerable.Range(0, count).Select(i => ($"number-{i}", "Shop <shop@shop.example>", "2025-01-01", $"Order {i}", $"Your order of item{i} has left our house and will reach you soon."));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder!;
    }

    private MailIndexResult Run(int waiting = 200) => new MailIndexer(s_encoder.Value, new MailIndexOptions { Mail = [Mail], Folder = Index, Waiting = waiting }).Run(null, null, TestContext.Current.CancellationToken);

    private MailSearchIndex Open() => MailSearchIndex.Open(Index, s_encoder.Value);

    private sealed class Told(Action<MailIndexProgress> tell) : IProgress<MailIndexProgress>
    {
        public void Report(MailIndexProgress value) => tell(value);
    }

    private sealed class Other : ITextEncoder
    {
        public string Name => "other";

        public int Dimensions => 4;

        public void Encode(ReadOnlySpan<char> text, Span<float> vector) => vector.Fill(0.5f);
    }
}
