using Inkling.Language;

namespace Inkling.Mail.Tests.Searching;

/// <summary>What every place for a mailbox must do, whatever it is made of: the same mail is found in each.</summary>
public abstract partial class MailStorageContract : IDisposable
{
    private static readonly Lazy<SentenceEncoder> s_encoder = new(() => SentenceEncoder.Load(Path.Combine(Root(), "models", "sentence")));

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-storage-").FullName;
    private MailStorage? _storage;

    /// <summary>The shipped encoder.</summary>
    protected static SentenceEncoder Encoder => s_encoder.Value;

    /// <summary>The mailbox that is indexed.</summary>
    protected string Mail => Path.Combine(_folder, "mail");

    /// <summary>A folder of the test.</summary>
    protected string Folder => _folder;

    private MailStorage Storage => _storage ??= New();

    /// <summary>A place where nothing is yet.</summary>
    protected abstract MailStorage New();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Questions_find_their_mail_better_than_by_words_alone()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        using MailSearchIndex index = Open();
        double both = Recall(index, new MailSearchRequest { Text = "" }), words = Recall(index, new MailSearchRequest { Text = "", MeaningWeight = 0 }), meaning = Recall(index, new MailSearchRequest { Text = "", WordWeight = 0 });
        TestContext.Current.TestOutputHelper?.WriteLine($"recall@5 of {MadeUpMailbox.Questions.Count} questions over {index.Mails} mails: both {both:P1}, words {words:P1}, meaning {meaning:P1}");
        Assert.True(both >= 0.9, $"recall@5 {both:P1}; words alone {words:P1}, meaning alone {meaning:P1}: {string.Join("; ", Missed(index))}");
    }

    [Fact]
    public void A_hit_says_where_it_is_and_highlights_what_was_asked_for()
    {
        MadeUpMailbox.Write(Mail);
        MailIndexResult result = Run();
        Assert.Equal((MadeUpMailbox.Mails.Count, MadeUpMailbox.Mails.Count), (result.Mails, result.Added));
        using MailSearchIndex index = Open();
        MailHit hit = index.Search(new MailSearchRequest { Text = "the brochure files by Tuesday" })[0];
        Assert.Equal(("printer-deadline@made.up", "Anton Keller <anton@kellerprint.example>", "Brochure", "Inbox.mbox", false), (hit.Id, hit.From, hit.Subject, hit.Folder, hit.Own));
        Assert.Equal(new DateTimeOffset(2025, 2, 18, 10, 0, 0, TimeSpan.FromHours(1)), hit.Date);
        Assert.Contains("files by Tuesday noon", hit.Snippet, StringComparison.Ordinal);
        Assert.Contains("Tuesday", hit.Highlights.Select(range => hit.Snippet[range]));
        Assert.InRange(hit.Score, 0.5, 1);
        Assert.DoesNotContain('\n', hit.Snippet);

        IReadOnlyList<MailThreadMail> thread = index.Thread(hit.Number);
        Assert.Equal(["Brochure", "Re: Brochure"], thread.Select(mail => mail.Subject));
        Assert.Equal([false, true], thread.Select(mail => mail.Own));
    }

    [Fact]
    public void Filters_leave_out_what_does_not_fit()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        using MailSearchIndex index = Open();
        Assert.All(Hits(new MailSearchRequest { Text = "when does it come", From = "MARTA" }), hit => Assert.Contains("Marta Weiss", hit.From, StringComparison.Ordinal));
        Assert.All(Hits(new MailSearchRequest { Text = "when does it come", Folder = "sent" }), hit => Assert.True(hit.Own));
        Assert.All(Hits(new MailSearchRequest { Text = "when does it come", OwnOnly = true }), hit => Assert.Equal("Sent.mbox", hit.Folder));
        DateTimeOffset from = new(2025, 9, 1, 0, 0, 0, TimeSpan.Zero), to = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.All(Hits(new MailSearchRequest { Text = "when does it come", After = from, Before = to }), hit => Assert.Equal(9, hit.Date!.Value.Month));
        Assert.Empty(index.Search(new MailSearchRequest { Text = "when does it come", From = "nobody at all" }));

        IReadOnlyList<MailHit> Hits(MailSearchRequest request)
        {
            IReadOnlyList<MailHit> hits = index.Search(request);
            Assert.NotEmpty(hits);
            return hits;
        }
    }

    [Fact]
    public void The_users_own_sentences_come_with_their_mail()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        using MailSearchIndex index = Open();
        IReadOnlyList<OwnSentence> found = index.OwnSentences("Dear Anna,\n\nI am so sorry for the late delivery,", "Where are our pallets?", 3);
        Assert.NotEmpty(found);
        Assert.Contains(found, sentence => sentence.Subject == "Re: Late delivery");
        Assert.All(found, sentence => Assert.True(index.Thread(sentence.Number).Single(mail => mail.Number == sentence.Number).Own));
        Assert.DoesNotContain(index.OwnSentences("I am very sorry about this.", "", 5), sentence => sentence.Text == "I am very sorry about this.");
        Assert.Empty(index.OwnSentences("", "", 3));
    }

    [Fact]
    public void What_is_new_is_added_and_nothing_twice()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        File.AppendAllText(Path.Combine(Mail, "Inbox.mbox"), MadeUpMailbox.Mbox([("boat", "Lee <lee@boats.example>", "2026-01-02", "Your sailing boat", "The mast of your dinghy is mended.")]));
        Directory.CreateDirectory(Path.Combine(Mail, "copies"));
        File.Copy(Path.Combine(Mail, "Sent.mbox"), Path.Combine(Mail, "copies", "Sent.mbox"));
        MailIndexResult again = Run();
        Assert.Equal((MadeUpMailbox.Mails.Count + 1, 1), (again.Mails, again.Added));
        using MailSearchIndex index = Open();
        Assert.Equal(MadeUpMailbox.Mails.Count + 1, index.Mails);
        MailHit boat = index.Search(new MailSearchRequest { Text = "repair of the sailing boat" })[0];
        Assert.Equal("boat@made.up", boat.Id);
        Assert.Equal("The mast of your dinghy is mended.", index.Thread(boat.Number).Single().Text);
        Assert.True(index.Verify(TestContext.Current.CancellationToken) > 0);
        Assert.Equal(0, Run().Added);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Thread(99_999));
    }

    [Fact]
    public void Whoever_is_stopped_goes_on_where_they_were()
    {
        Directory.CreateDirectory(Mail);
        File.WriteAllText(Path.Combine(Mail, "a.mbox"), MadeUpMailbox.Mbox(Enumerable.Range(0, 600).Select(i => ($"number-{i}", "Shop <shop@shop.example>", "2025-01-01", $"Order {i}", $"Your order of item{i} has left our house."))));
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new MailIndexer(Encoder, new MailIndexOptions { Mail = [Mail], Storage = Storage }).Run(new Told(progress =>
        {
            if (progress.Stage == MailIndexStage.Reading) stop.Cancel();
        }), null, stop.Token));
        MailIndexResult result = Run();
        Assert.Equal(600, result.Mails);
        Assert.InRange(result.Added, 1, 599);
        using MailSearchIndex index = Open();
        Assert.Equal((600, 600), (index.Mails, index.Passages));
        Assert.Equal("number-599@made.up", index.Search(new MailSearchRequest { Text = "item599" })[0].Id);
        index.Verify(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Threads_are_whole_in_whatever_order_they_are_read()
    {
        Directory.CreateDirectory(Mail);
        // The last one answers the middle, which answers the first; each is read in a run of its own, the middle last.
        Answer("c", "b", "2025-01-03");
        Run();
        Answer("a", null, "2025-01-01");
        Run();
        Answer("b", "a", "2025-01-02");
        Run();
        using MailSearchIndex index = Open();
        MailHit hit = index.Search(new MailSearchRequest { Text = "letter-c", MeaningWeight = 0 })[0];
        Assert.Equal(["letter-a", "letter-b", "letter-c"], index.Thread(hit.Number).Select(mail => mail.Text));

        void Answer(string id, string? answered, string day) => File.WriteAllText(
            Path.Combine(Mail, $"{id}.eml"), $"From: Ann <ann@x.example>\nSubject: Boats {id}\nDate: {DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture):ddd, dd MMM yyyy} 10:00:00 +0000\nMessage-ID: <{id}@x>\n{(answered is null ? "" : $"In-Reply-To: <{answered}@x>\n")}\nletter-{id}\n");
    }

    [Fact]
    public void Another_encoder_makes_the_vectors_anew_and_keeps_the_mails()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        Assert.Contains("was made with the encoder", Assert.Throws<InvalidDataException>(() => MailSearchIndex.Open(Storage, new Letters())).Message, StringComparison.Ordinal);
        new MailIndexer(new Letters(), new MailIndexOptions { Mail = [Mail], Storage = Storage }).Run(null, null, TestContext.Current.CancellationToken);
        Assert.Contains("was made with the encoder", Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
        using MailSearchIndex index = MailSearchIndex.Open(Storage, new Letters(), TestContext.Current.CancellationToken);
        Assert.Equal(MadeUpMailbox.Mails.Count, index.Mails);
        Assert.Equal("printer-deadline@made.up", index.Search(new MailSearchRequest { Text = "brochures by Tuesday noon", MeaningWeight = 0 })[0].Id);
        index.Verify(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Questions_that_cannot_be_asked_are_told()
    {
        MadeUpMailbox.Write(Mail);
        Run();
        using MailSearchIndex index = Open();
        Assert.Contains("no word", Assert.Throws<ArgumentException>(() => index.Search(new MailSearchRequest { Text = "?! …" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Search(new MailSearchRequest { Text = "roof", Top = 0 }));
        Assert.Empty(index.Search(new MailSearchRequest { Text = "qwzrtx vbnmkjh" }));
        Assert.NotEmpty(index.Search(new MailSearchRequest { Text = string.Concat(Enumerable.Repeat("the roof and the tiles ", 20_000)) }));
    }

    private IReadOnlyList<MailHit> Find(string words)
    {
        using MailSearchIndex index = Open();
        return index.Search(new MailSearchRequest { Text = words, MeaningWeight = 0 });
    }

    /// <summary>Indexes the mailbox.</summary>
    protected MailIndexResult Run(params string[] mail) => new MailIndexer(Encoder, new MailIndexOptions { Mail = mail is [] ? [Mail] : mail, Storage = Storage }).Run(null, null, TestContext.Current.CancellationToken);

    /// <summary>Opens what was indexed.</summary>
    protected MailSearchIndex Open() => MailSearchIndex.Open(Storage, Encoder, TestContext.Current.CancellationToken);

    private static double Recall(MailSearchIndex index, MailSearchRequest like) =>
        MadeUpMailbox.Questions.Count(one => index.Search(like with { Text = one.Question, Top = 5 }).Any(hit => hit.Id == one.Id + "@made.up")) / (double)MadeUpMailbox.Questions.Count;

    private static IEnumerable<string> Missed(MailSearchIndex index) =>
        MadeUpMailbox.Questions.Where(one => index.Search(new MailSearchRequest { Text = one.Question, Top = 5 }).All(hit => hit.Id != one.Id + "@made.up")).Select(one => one.Question);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Inkling.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder!;
    }

    private sealed class Told(Action<MailIndexProgress> tell) : IProgress<MailIndexProgress>
    {
        public void Report(MailIndexProgress value) => tell(value);
    }

    // How many of each letter.
    private sealed class Letters : ITextEncoder
    {
        public string Name => "letters";

        public int Dimensions => 26;

        public void Encode(ReadOnlySpan<char> text, Span<float> vector)
        {
            vector.Clear();
            foreach (char c in text)
            {
                if (char.IsAsciiLetter(c)) vector[char.ToLowerInvariant(c) - 'a']++;
            }

            double length = 0;
            foreach (float value in vector) length += value * value;
            if (length > 0) foreach (ref float value in vector) value /= (float)Math.Sqrt(length);
        }
    }
}
