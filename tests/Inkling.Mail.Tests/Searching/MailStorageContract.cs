using Inkling.Language;

namespace Inkling.Mail.Tests.Searching;

/// <summary>What every place for a mailbox must do, whatever it is made of: the same mail is found in each.</summary>
public abstract class MailStorageContract : IDisposable
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
    public void Mail_that_is_deleted_leaves_and_what_cannot_be_looked_at_stays()
    {
        MadeUpMailbox.Write(Mail);
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, single = Path.Combine(Mail, "boat.eml");
        File.WriteAllText(Path.Combine(other, "a.mbox"), MadeUpMailbox.Mbox([("lamp", "Lee <lee@lamps.example>", "2026-01-02", "Lamp", "The lighthouse lamp is broken.")]));
        File.WriteAllText(single, "From: Lee <lee@boats.example>\nSubject: Boat\nMessage-ID: <boat@made.up>\n\nThe mast of your dinghy is mended.\n");
        // The same message in two places is there until both are gone.
        File.Copy(single, Path.Combine(Mail, "copy.eml"));
        int all = MadeUpMailbox.Mails.Count + 2;
        Assert.Equal((all, 0), Counts(Run(Mail, other)));
        File.Delete(single);
        Assert.Equal((all, 0), Counts(Run(Mail, other)));
        Assert.Single(Find("dinghy"));

        File.Delete(Path.Combine(Mail, "copy.eml"));
        (string Id, string From, string Day, string Subject, string Text)[] left = [.. MadeUpMailbox.Mails.Where(mail => mail.From != MadeUpMailbox.Me && !mail.Id.StartsWith("roof", StringComparison.Ordinal))];
        File.WriteAllText(Path.Combine(Mail, "Inbox.mbox"), MadeUpMailbox.Mbox(left));
        // Without the other source, which keeps its mail.
        Assert.Equal((all - 3, 3), Counts(Run()));
        Assert.Empty(Find("dinghy"));
        Assert.Empty(Find("scaffolding"));
        Assert.Single(Find("lighthouse"));
        Assert.Equal((all - 3, 0), Counts(Run(Mail, other)));

        // A disk that is not in the machine.
        File.Delete(Path.Combine(other, "a.mbox"));
        MailIndexResult away = Run(Mail, other);
        Assert.Equal((all - 3, 0), Counts(away));
        Assert.Contains(away.Reading.Warnings, warning => warning.Contains(other, StringComparison.Ordinal) && warning.Contains("stays", StringComparison.Ordinal));
        Assert.Single(Find("lighthouse"));

        // What comes back is found again, and in its thread.
        MadeUpMailbox.Write(Mail);
        Assert.Equal(2, Run().Added);
        using MailSearchIndex index = Open();
        MailHit roof = index.Search(new MailSearchRequest { Text = "scaffolding", MeaningWeight = 0 })[0];
        Assert.Equal("roof-offer@made.up", roof.Id);
        Assert.Contains("Re: Your roof", index.Thread(roof.Number).Select(mail => mail.Subject));
        index.Verify(TestContext.Current.CancellationToken);

        static (int, int) Counts(MailIndexResult result) => (result.Mails, result.Gone);
    }

    [Fact]
    public void A_disk_that_is_missing_below_the_mail_costs_nothing()
    {
        string archive = Directory.CreateDirectory(Path.Combine(Mail, "archive")).FullName, box = Path.Combine(archive, "a.mbox"), cur = Directory.CreateDirectory(Path.Combine(Mail, "list", "cur")).FullName;
        MadeUpMailbox.Write(Mail);
        File.WriteAllText(box, MadeUpMailbox.Mbox([("lamp", "Lee <lee@lamps.example>", "2026-01-02", "Lamp", "The lighthouse lamp is broken.")]));
        File.WriteAllText(Path.Combine(cur, "1:2,S"), "From: Lee <lee@boats.example>\nSubject: Boat\nMessage-ID: <boat@made.up>\n\nThe mast of your dinghy is mended.\n");
        int all = MadeUpMailbox.Mails.Count + 2;
        Assert.Equal(all, Run().Mails);
        File.Delete(box);
        MailIndexResult away = Run();
        Assert.Equal((all, 0), (away.Mails, away.Gone));
        Assert.Contains(away.Reading.Warnings, warning => warning.Contains(archive, StringComparison.Ordinal) && warning.Contains("stays", StringComparison.Ordinal));

        // Something else than mail is there, but the folder was named: it is looked through for itself, too.
        File.WriteAllText(Path.Combine(archive, "lost+found"), "nothing");
        Assert.Equal((all, 0), Counts(Run(Mail, archive)));
        Assert.Equal((all, 0), Counts(Run(archive, Mail)));

        // A Maildir is empty when all its mail was deleted.
        Directory.Delete(cur, recursive: true);
        Directory.CreateDirectory(cur);
        Assert.Equal((all - 1, 1), Counts(Run(Mail, archive)));
        Assert.Equal((all - 2, 1), Counts(Run()));

        static (int, int) Counts(MailIndexResult result) => (result.Mails, result.Gone);
    }

    [Fact]
    public void Mail_that_was_changed_is_found_as_it_is_now()
    {
        string sent = Directory.CreateDirectory(Path.Combine(Mail, "Sent")).FullName;
        Draft(Path.Combine(sent, "draft.eml"), "The harbour is frozen over.");
        Draft(Path.Combine(Mail, "copy.eml"), "The harbour is frozen over.");
        MadeUpMailbox.Write(Mail);
        int all = MadeUpMailbox.Mails.Count + 1;
        Assert.Equal(all, Run().Mails);
        Draft(Path.Combine(sent, "draft.eml"), "The lighthouse was painted red.");
        // The other copy is as it was.
        Run();
        Assert.Single(Find("harbour"));
        Draft(Path.Combine(Mail, "copy.eml"), "The lighthouse was painted red last summer.");
        MailIndexResult changed = Run();
        Assert.Equal((all, 0, 0), (changed.Mails, changed.Added, changed.Gone));
        Assert.Empty(Find("harbour"));
        MailHit hit = Assert.Single(Find("lighthouse"));
        Assert.Equal(("draft@made.up", true, "Sent"), (hit.Id, hit.Own, hit.Folder));
        using MailSearchIndex index = Open();
        index.Verify(TestContext.Current.CancellationToken);

        static void Draft(string path, string text) => File.WriteAllText(path, $"From: Me <me@own.example>\nSubject: Winter\nMessage-ID: <draft@made.up>\n\n{text}\n");
    }

    [Fact]
    public void Files_that_have_not_changed_are_not_read_again()
    {
        MadeUpMailbox.Write(Mail);
        foreach (string file in Directory.EnumerateFiles(Mail)) File.SetLastWriteTimeUtc(file, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(MadeUpMailbox.Mails.Count, Run().Reading.Read);
        Assert.Equal((0, 0), Reads(Run()));
        string sent = Path.Combine(Mail, "Sent.mbox");
        File.AppendAllText(sent, MadeUpMailbox.Mbox([("boat", MadeUpMailbox.Me, "2026-01-02", "Boat", "The mast of my dinghy is mended.")]));
        Assert.Equal((MadeUpMailbox.Mails.Count(mail => mail.From == MadeUpMailbox.Me) + 1, 1), Reads(Run()));

        static (long, int) Reads(MailIndexResult result) => (result.Reading.Read, result.Added);
    }

    [Fact]
    public void Two_records_of_a_data_set_may_have_one_id_and_a_changed_one_replaces_the_old()
    {
        Directory.CreateDirectory(Mail);
        string file = Path.Combine(Mail, "a.jsonl"), first = Record("The harbour is frozen over since Monday."), second = Record("The lighthouse was painted red last summer.");
        File.WriteAllText(file, first + second + first);
        Assert.Equal((2, 2), (Run().Mails, Find("harbour lighthouse").Count));
        Assert.All(Find("harbour lighthouse"), hit => Assert.Equal("1", hit.Id));
        File.WriteAllText(file, first + Record("The lighthouse was painted green last autumn."));
        MailIndexResult changed = Run();
        Assert.Equal((2, 1, 1), (changed.Mails, changed.Added, changed.Gone));
        Assert.Contains("green", Assert.Single(Find("lighthouse")).Snippet, StringComparison.Ordinal);

        static string Record(string text) => $$"""{"id":1,"from":"bob@x.example","text":"{{text}}"}""" + "\n";
    }

    [Fact]
    public void A_copy_among_sent_mail_shows_whose_it_is()
    {
        Directory.CreateDirectory(Mail);
        string message = "From: Me Too <also@me.example>\nSubject: Boat\nDate: Fri, 02 Jan 2026 10:00:00 +0000\nMessage-ID: <boat@made.up>\n\nThe mast of my dinghy is mended.\n";
        File.WriteAllText(Path.Combine(Mail, "list.eml"), message);
        File.WriteAllText(Path.Combine(Mail, "other.eml"), message.Replace("boat", "lamp", StringComparison.Ordinal).Replace("dinghy", "lantern", StringComparison.Ordinal));
        new MailIndexer(Encoder, new MailIndexOptions { Mail = [Mail], Storage = Storage, Me = "me@own.example" }).Run(null, null, TestContext.Current.CancellationToken);
        Assert.False(Assert.Single(Find("dinghy")).Own);
        string sent = Directory.CreateDirectory(Path.Combine(Mail, "Sent")).FullName;
        File.WriteAllText(Path.Combine(sent, "a.eml"), message);
        File.WriteAllText(Path.Combine(sent, "b.eml"), "X-Status: R\n" + message.Replace("boat", "lamp", StringComparison.Ordinal).Replace("dinghy", "lantern", StringComparison.Ordinal));
        MailIndexResult result = Run();
        Assert.Equal((2, 0), (result.Mails, result.Added));
        foreach (string word in (string[])["dinghy", "lantern"])
        {
            MailHit own = Assert.Single(Find(word));
            Assert.Equal((true, "Sent"), (own.Own, own.Folder));
        }

        using MailSearchIndex index = Open();
        Assert.NotEmpty(index.OwnSentences("The mast of my dinghy", "", 3));
        index.Verify(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_copy_among_sent_mail_that_is_read_in_the_same_run_shows_whose_it_is()
    {
        const string Message = "From: Me Too <also@me.example>\nSubject: Boat\nDate: Fri, 02 Jan 2026 10:00:00 +0000\nMessage-ID: <boat@made.up>\n\nThe mast of my dinghy is mended.\n";
        string inbox = Directory.CreateDirectory(Path.Combine(Mail, "Inbox")).FullName, sent = Directory.CreateDirectory(Path.Combine(Mail, "Sent")).FullName;
        File.WriteAllText(Path.Combine(inbox, "a.eml"), Message);
        File.WriteAllText(Path.Combine(sent, "a.eml"), "X-Status: R\n" + Message);
        MailIndexResult result = new MailIndexer(Encoder, new MailIndexOptions { Mail = [Mail], Storage = Storage, Me = "me@own.example" }).Run(null, null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (result.Mails, result.Added));
        MailHit own = Assert.Single(Find("dinghy"));
        Assert.Equal((true, "Sent"), (own.Own, own.Folder));
        using MailSearchIndex index = Open();
        Assert.NotEmpty(index.OwnSentences("The mast of my dinghy", "", 3));
        index.Verify(TestContext.Current.CancellationToken);
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
