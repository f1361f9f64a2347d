using System.Globalization;
using Inkling.Language;

namespace Inkling.Mail.Tests.Searching;

public sealed class MailSearchCareTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-care-").FullName;
    private readonly Words _encoder = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Mail => Path.Combine(_folder, "mail");

    private string Index => Path.Combine(_folder, "index");

    private string Log => Path.Combine(Index, "mails.log");

    private string Columns => Path.Combine(Index, "mails.columns");

    [Fact]
    public void Files_of_others_stay()
    {
        Write("a.mbox", Many(3));
        Directory.CreateDirectory(Index);
        string precious = Path.Combine(Index, "thesis.tmp");
        File.WriteAllText(precious, "years of work");
        Assert.Contains("not empty", Assert.Throws<InvalidDataException>(() => Run()).Message, StringComparison.Ordinal);
        Assert.Equal(precious, Assert.Single(Directory.EnumerateFileSystemEntries(Index)));
        File.Delete(precious);
        Run();
        string mine = Path.Combine(Index, "passages-of-scripture.index"), left = Path.Combine(Index, "mails.columns.0123abcd.tmp");
        foreach (string file in (string[])[precious, mine, left]) File.WriteAllText(file, "text");
        Run();
        Assert.True(File.Exists(precious) && File.Exists(mine));
        Assert.False(File.Exists(left));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_damaged_record_costs_no_later_mail(int place)
    {
        Write("a.mbox", Many(30));
        Run();
        byte[] bytes = File.ReadAllBytes(Log);
        List<long> offsets = Offsets();
        bytes[offsets[10] + place] ^= 0x5A;
        File.WriteAllBytes(Log, bytes);
        Assert.Contains("29 of 30", Assert.Throws<InvalidDataException>(() => Verify()).Message, StringComparison.Ordinal);
        File.Delete(Columns);
        MailIndexResult result = Run(mail: Empty());
        Assert.Equal(29, result.Mails);
        Assert.Contains(result.Reading.Warnings, warning => warning.Contains("damaged between", StringComparison.Ordinal));
        Assert.Equal(bytes.Length, new FileInfo(Log).Length);
        Verify();
        Assert.Equal(30, Run().Mails);
        Verify();
    }

    [Fact]
    public void Nothing_is_left_of_mail_that_was_deleted()
    {
        Write("a.mbox", [.. Many(30), ("secret", "Ann <ann@x.example>", "2025-01-01", "Quagga", "The quagga sleeps.")]);
        Run();
        Write("a.mbox", Many(30));
        byte[] text = "quagga"u8.ToArray();
        Assert.True(Contains("mails.log"));
        using (MailSearchIndex older = Open())
        {
            MailIndexResult run = Run();
            Assert.Equal((30, 1), (run.Mails, run.Gone));
            // Who opened it before finds it no more, and nothing fails.
            Assert.Empty(older.Search(new MailSearchRequest { Text = "quagga", MeaningWeight = 0 }));
        }

        Assert.False(Contains("mails.log"));
        Verify();
        Write("b.mbox", [("new", "Ann <ann@x.example>", "2025-01-01", "Zebra", "The zebra sleeps.")]);
        Run(waiting: 0);
        // The list of words keeps a word that no passage has any more until it is made anew.
        Assert.All(Directory.EnumerateFiles(Index).Where(file => !file.Contains("passages-", StringComparison.Ordinal)), file => Assert.False(Contains(Path.GetFileName(file)), file));
        File.Delete(Columns);
        Assert.Equal(31, Run().Mails);
        using MailSearchIndex index = Open();
        Assert.Empty(index.Search(new MailSearchRequest { Text = "quagga", MeaningWeight = 0 }));
        Assert.Equal("new@made.up", index.Search(new MailSearchRequest { Text = "zebra", MeaningWeight = 0 })[0].Id);
        Assert.Equal((31, 31), (index.Mails, index.Passages));
        Verify();

        bool Contains(string file) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Index, file))).Contains(System.Text.Encoding.Latin1.GetString(text), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Mail_that_turned_out_to_be_own_is_in_the_log_once_and_leaves_it()
    {
        (string, string, string, string, string)[] sent = [("secret", "Me <also@me.example>", "2025-01-01", "Quagga", "The quagga sleeps.")];
        Write("a.mbox", [.. Many(3), .. sent]);
        Run(me: "me@own.example");
        Write("Sent.mbox", sent);
        Run();
        Assert.Equal(1, Quaggas());
        // A run that was killed before it erased the old record.
        using (MailLog log = MailLog.OpenToWrite(Log))
        {
            ArchivedMail own = log.Read(0).Single(one => one.Mail.Subject == "Quagga").Mail;
            Assert.True(own.Own);
            log.Erase(log.Read(0).Single(one => one.Mail.Subject == "Quagga").Offset);
            log.Append(own with { Own = false, OwnWords = false });
            log.Append(own);
            log.Flush(toDisk: false);
        }

        File.Delete(Columns);
        Assert.Equal(4, Run().Mails);
        Assert.Equal(1, Quaggas());
        Write("a.mbox", Many(3));
        Write("Sent.mbox", [("other", "Me <also@me.example>", "2025-01-01", "Zebra", "The zebra sleeps.")]);
        Assert.Equal(1, Run().Gone);
        Assert.Equal(0, Quaggas());
        File.Delete(Columns);
        Assert.Equal(4, Run().Mails);
        Verify();

        int Quaggas()
        {
            using MailLog log = MailLog.Open(Log);
            return log.Read(0).Count(one => one.Mail.Subject == "Quagga");
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_read_keeps_its_mail()
    {
        Directory.CreateDirectory(Path.Combine(Mail, "closed"));
        Write("a.mbox", Many(3));
        Write(Path.Combine("closed", "b.mbox"), [("hidden", "Ann <ann@x.example>", "2025-01-01", "Zebra", "The zebra sleeps.")]);
        Run();
        SeenFiles seen = SeenFiles.Read(Path.Combine(Index, "mails.files"));
        MailColumns columns = MailColumns.Read(Columns);
        MailSightings sightings = new(seen, columns);
        List<MailFile> there = [new(Path.Combine(Mail, "a.mbox"), MailFileKind.Mbox, false, 1)];
        Assert.Empty(sightings.Gone([Mail], there, [Path.Combine(Mail, "closed")], new MailReadReport()));
        Assert.Single(sightings.Gone([Mail], there, [], new MailReadReport()));
    }

    [Fact]
    public void A_record_cut_short_at_the_end_is_no_damage()
    {
        Write("a.mbox", Many(5));
        Run();
        long length = new FileInfo(Log).Length;
        File.AppendAllBytes(Log, [200, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7]);
        Verify();
        Run();
        Assert.Equal(length, new FileInfo(Log).Length);
    }

    [Fact]
    public void Damaged_passages_are_made_again_at_once()
    {
        Write("a.mbox", Many(5));
        Run();
        File.WriteAllText(Path.Combine(Index, "passages-1.index"), "nothing of the kind");
        Run();
        Verify();
    }

    [Fact]
    public void Passages_that_another_run_replaced_are_opened()
    {
        Write("a.mbox", Many(5));
        Run();
        Write("b.mbox", Many(7));
        bool done = false;
        _encoder.Named = () =>
        {
            if (done) return;
            done = true;
            Run(waiting: 0);
        };
        using MailSearchIndex index = MailSearchIndex.Open(Index, _encoder, TestContext.Current.CancellationToken);
        Assert.True(done);
        Assert.Equal(7, index.Mails);
    }

    [Fact]
    public void What_was_encoded_before_an_interruption_is_kept()
    {
        Write("a.mbox", Many(600));
        using CancellationTokenSource stop = new();
        MailIndexer indexer = new(_encoder, new MailIndexOptions { Mail = [Mail], Folder = Index });
        Assert.ThrowsAny<OperationCanceledException>(() => indexer.Run(new Told(progress =>
        {
            if (progress.Stage == MailIndexStage.Indexing) stop.Cancel();
        }), null, stop.Token));
        MailColumns kept = MailColumns.Read(Columns);
        Assert.Equal((600, 256), (kept.Count, kept.Indexed));
        int before = _encoder.Encoded;
        Run();
        Assert.Equal(600 - 256, _encoder.Encoded - before);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Many_mails_are_kept_on_the_way_and_all_are_found()
    {
        Write("a.mbox", Many(4400));
        Run();
        Assert.Equal(Path.Combine(Index, "passages-2.index"), Assert.Single(Directory.EnumerateFiles(Index, "passages-*")));
        using MailSearchIndex index = Open();
        Assert.Equal((4400, 4400), (index.Mails, index.Passages));
        foreach (string number in (string[])["0", "4095", "4096", "4399"]) Assert.Equal($"number-{number}@made.up", index.Search(new MailSearchRequest { Text = $"item{number}", MeaningWeight = 0 })[0].Id);
        index.Verify(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Too_many_waiting_mails_are_not_encoded_at_every_opening()
    {
        Directory.CreateDirectory(Index);
        using (MailLog log = MailLog.OpenToWrite(Log))
        {
            for (int i = 0; i <= MailSearchIndex.MostWaiting; i++) log.Append(new ArchivedMail { Hash = (UInt128)i + 1, Id = i.ToString(CultureInfo.InvariantCulture), Text = "a word" });
            log.Flush(toDisk: false);
        }

        string message = Assert.Throws<InvalidDataException>(() => Open()).Message;
        Assert.Contains("inkling search index", message, StringComparison.Ordinal);
        Assert.Contains("wait", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forwarded_words_are_not_the_users_own()
    {
        Write("Sent.mbox", [("forward", "Me <me@own.example>", "2025-01-01", "Fwd: Roof", "-----Original Message-----\nFrom: Bob <bob@roofs.example>\nSubject: Roof\n\nThe tiles on the north side will cost eight thousand euros.")]);
        Run();
        using MailSearchIndex index = Open();
        MailHit hit = Assert.Single(index.Search(new MailSearchRequest { Text = "tiles north side" }));
        Assert.True(hit.Own);
        Assert.Empty(index.OwnSentences("The tiles on the north side will cost eight thousand", "", 3));
    }

    [Fact]
    public void A_data_set_is_the_users_only_as_long_as_nobody_says_who_that_is()
    {
        Directory.CreateDirectory(Mail);
        File.WriteAllText(Path.Combine(Mail, "a.jsonl"), """{"id":1,"from":"bob@x.example","text":"The harbour is frozen over since Monday."}""" + "\n");
        Run(me: "me@own.example");
        File.WriteAllText(Path.Combine(Mail, "b.jsonl"), """{"id":1,"from":"eve@x.example","text":"The lighthouse was painted red last summer."}""" + "\n");
        MailIndexResult result = Run();
        Assert.Equal((2, 1), (result.Mails, result.Added));
        using MailSearchIndex index = Open();
        Assert.False(index.Search(new MailSearchRequest { Text = "lighthouse" })[0].Own);
    }

    [Fact]
    public void Mail_that_waits_can_be_first_and_a_long_mail_leaves_room_for_others()
    {
        Write("a.mbox", [.. Many(30), ("long", "Lo <lo@x.example>", "2025-01-01", "Minutes", string.Join("\n\n", Enumerable.Range(0, 300).Select(i => $"Zeppelin zeppelin zeppelin number {i}: " + new string('x', 150))))]);
        Run();
        Write("b.mbox", Enumerable.Range(0, 9).Select(i => ($"new-{i}", "Ann <ann@x.example>", "2025-02-01", $"Trip {i}", $"A zeppelin flies to place{i} tomorrow.")));
        Run();
        using MailSearchIndex index = Open();
        IReadOnlyList<MailHit> hits = index.Search(new MailSearchRequest { Text = "zeppelin", MeaningWeight = 0, Top = 10 });
        Assert.Equal(10, hits.Count);
        Assert.Contains(hits.Take(2), hit => hit.Id.StartsWith("new-", StringComparison.Ordinal));
        Run(waiting: 0);
        using MailSearchIndex merged = Open();
        Assert.Equal(10, merged.Search(new MailSearchRequest { Text = "zeppelin", MeaningWeight = 0, Top = 10 }).Count);
    }

    [Fact]
    public void Threads_are_whole_in_whatever_order_they_are_read()
    {
        (string Id, string Reply, string Subject)[] mails = [("d", "c", "Re: Boat"), ("b", "a", "Re: Boat"), ("c", "b", "Re: Boat"), ("other", "gone", "Re: Boat"), ("a", "", "Boat"), ("e1", "", "Re:"), ("e2", "", "Re:")];
        MailColumns columns = new();
        for (int i = 0; i < mails.Length; i++)
        {
            columns.Add(new ArchivedMail { Hash = (UInt128)i + 1, Id = mails[i].Id, InReplyTo = mails[i].Reply, Subject = mails[i].Subject, Text = "x" }, i);
            string file = Path.Combine(_folder, "columns");
            columns.Save(file);
            columns = MailColumns.Read(file);
        }

        Assert.Equal([0, 1, 2, 4], columns.Thread(4));
        Assert.Equal([3], columns.Thread(3));
        Assert.Equal([5], columns.Thread(5));
    }

    [Fact]
    public void Endless_headers_are_cut_and_the_folder_is_for_its_owner_alone()
    {
        List<PassageIndexing.Entry> entries = PassageIndexing.Entries(0, new ArchivedMail { Hash = 1, Id = "a", Subject = new string('s', 100_000), Sender = new string('t', 100_000), Text = "a word" }, _encoder);
        Assert.InRange(Assert.Single(entries).Text.Length, 2000, 2100);
        Write("a.mbox", Many(3));
        Run();
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Index));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
    }

    private static IEnumerable<(string, string, string, string, string)> Many(int count) =>
        Enumerable.Range(0, count).Select(i => ($"number-{i}", "Shop <shop@shop.example>", "2025-01-01", $"Order {i}", $"Your order of item{i} has left our house and will reach you soon."));

    private void Write(string name, IEnumerable<(string, string, string, string, string)> mails)
    {
        Directory.CreateDirectory(Mail);
        File.WriteAllText(Path.Combine(Mail, name), MadeUpMailbox.Mbox(mails));
    }

    private string Empty() => Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;

    private List<long> Offsets()
    {
        using MailLog log = MailLog.Open(Log);
        return [.. log.Read(0).Select(one => one.Offset)];
    }

    private void Verify()
    {
        using MailSearchIndex index = Open();
        index.Verify(TestContext.Current.CancellationToken);
    }

    private MailIndexResult Run(int waiting = 200, string? me = null, string? mail = null) =>
        new MailIndexer(_encoder, new MailIndexOptions { Mail = [mail ?? Mail], Folder = Index, Waiting = waiting, Me = me }).Run(null, null, TestContext.Current.CancellationToken);

    private MailSearchIndex Open() => MailSearchIndex.Open(Index, _encoder, TestContext.Current.CancellationToken);

    private sealed class Told(Action<MailIndexProgress> tell) : IProgress<MailIndexProgress>
    {
        public void Report(MailIndexProgress value) => tell(value);
    }

    // Likeness is how many words two texts share.
    private sealed class Words : ITextEncoder
    {
        private int _encoded;

        public Action? Named { get; set; }

        public int Encoded => _encoded;

        public string Name
        {
            get
            {
                Named?.Invoke();
                return "words";
            }
        }

        public int Dimensions => 64;

        public void Encode(ReadOnlySpan<char> text, Span<float> vector)
        {
            Interlocked.Increment(ref _encoded);
            vector.Clear();
            foreach (string word in text.ToString().ToLowerInvariant().Split([' ', '.', ',', '\n'], StringSplitOptions.RemoveEmptyEntries)) vector[word.Sum(c => c * 7) % 64]++;
            double length = 0;
            foreach (float value in vector) length += value * value;
            if (length > 0) foreach (ref float value in vector) value /= (float)Math.Sqrt(length);
        }
    }
}
