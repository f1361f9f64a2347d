namespace Inkling.Mail.Tests.Searching;

// How a searchable mailbox follows the mail: what is deleted, changed, copied or away.
public abstract partial class MailStorageContract
{
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
}
