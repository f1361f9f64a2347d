using System.Text;
using CsCheck;

namespace Inkling.Mail.Tests;

public sealed class MailboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-mail-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_message_is_read()
    {
        Write("Sent/1.eml", """
            From: Bob Smith <Bob@Example.com>
            To: Ann Miller <ann@example.com>, cy@example.com
            Subject: =?utf-8?q?Caf=C3=A9?=
            Date: Mon, 2 Mar 2020 10:00:00 +0100
            Message-ID: <1@example.com>
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            At the caf=E9, then.

            Bob

            On Mon, 2 Mar 2020, Ann Miller wrote:
            > Where shall we meet?
            """);
        MailMessage mail = Assert.Single(Read(out MailReadReport report));
        Assert.Equal(("At the café, then.\n\nBob", "Where shall we meet?", "Café", "bob@example.com", "1@example.com", "eml"),
            (mail.Text, mail.Previous, mail.Subject, mail.From, mail.Id, mail.Source));
        Assert.Equal(["ann@example.com", "cy@example.com"], mail.To);
        Assert.Equal(new DateTimeOffset(2020, 3, 2, 9, 0, 0, TimeSpan.Zero), mail.Date);
        Assert.Equal((1, 1, report.TotalBytes), (report.Read, report.Kept, report.Bytes));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Html_alone_is_read_and_attachments_are_not()
    {
        Write("Sent/1.eml", """
            From: bob@example.com
            Subject: Two parts
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=outer

            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain


            --inner
            Content-Type: text/html

            <p>Dear Ann,</p><p>see the <b>list</b>.</p><div class="gmail_quote">On Mon, 2 Mar 2020 Ann wrote:<blockquote>Which list?</blockquote></div>
            --inner--
            --outer
            Content-Type: text/plain
            Content-Disposition: attachment; filename=list.txt

            secret list
            --outer--
            """);
        MailMessage mail = Assert.Single(Read(out _));
        Assert.Equal(("Dear Ann,\n\nsee the list.", "Which list?"), (mail.Text, mail.Previous));
    }

    [Fact]
    public void Flowed_text_is_joined()
    {
        Write("Sent/1.eml", "From: bob@example.com\nSubject: x\nContent-Type: text/plain; format=flowed\n\nThis goes \non here.\nThis does not.\n");
        Assert.Equal("This goes on here.\nThis does not.", Assert.Single(Read(out _)).Text);
    }

    [Fact]
    public void A_mailbox_holds_many_and_answers_find_what_they_answer()
    {
        Write("all.mbox", Mbox(
            Message("ann@example.com", "bob@example.com", "1", "Shall we go to the lake?"),
            Message("bob@example.com", "ann@example.com", "2", "Yes, let us go.\n\n>From here it is not far.", inReplyTo: "1"),
            Message("bob@example.com", "cy@example.com", "3", "Will you come, too?")));
        MailMessage[] mails = Read(out MailReadReport report, new MailReadOptions { Me = "Bob@example.com" });
        Assert.Equal(["Yes, let us go.\n\nFrom here it is not far.", "Will you come, too?"], mails.Select(mail => mail.Text));
        Assert.Equal(["Shall we go to the lake?", ""], mails.Select(mail => mail.Previous));
        Assert.Equal(1, report.Skipped[MailSkipReason.NotOwn]);
        Assert.Equal(3, report.Read);
    }

    [Fact]
    public void In_a_maildir_the_sent_folder_tells_whose_mail_it_is()
    {
        Write("cur/1:2,S", Message("ann@example.com", "bob@example.com", "1", "Shall we go to the lake?"));
        Write("tmp/9", Message("ann@example.com", "bob@example.com", "9", "Half-written."));
        Write(".Sent/cur/2:2,S", Message("bob@example.com", "ann@example.com", "2", "Yes, let us go.", inReplyTo: "1"));
        Write(".Sent/new/3", Message("bob@home.example", "ann@example.com", "3", "Bring the boat."));
        Write(".Sent/dovecot.index.log", "\u0001\u0002binary");
        MailMessage[] mails = Read(out MailReadReport report);
        Assert.Equal([("Yes, let us go.", "Shall we go to the lake?", "maildir"), ("Bring the boat.", "", "maildir")], mails.Select(mail => (mail.Text, mail.Previous, mail.Source)));
        Assert.Equal((1, 1), (report.Skipped[MailSkipReason.NotOwn], report.Skipped[MailSkipReason.UnknownKind]));
        Assert.Contains(report.Notes, note => note.Contains("sent mail", StringComparison.Ordinal));
    }

    [Fact]
    public void The_owner_of_an_inbox_is_who_receives_and_writes()
    {
        Write("inbox", Mbox([
            .. Enumerable.Range(0, 6).Select(i => Message("news@example.org", "bob@example.com", $"n{i}", $"The news of day number {i} are these.")),
            Message("bob@example.com", "ann@example.com", "b", "I will come on Monday.")]));
        Assert.Equal("I will come on Monday.", Assert.Single(Read(out MailReadReport report)).Text);
        Assert.Contains(report.Notes, note => note.Contains("bob@example.com", StringComparison.Ordinal) && note.Contains("--me", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_recipients_who_writes_most_is_taken_for_the_owner()
    {
        Write("a.mbox", Mbox(
            Message("bob@example.com", "ann@example.com", "1", "One."), Message("bob@example.com", "cy@example.com", "2", "Two."), Message("dee@example.com", "cy@example.com", "3", "Three.")));
        Assert.Equal(["One.", "Two."], Read(out _).Select(mail => mail.Text));
    }

    [Fact]
    public void The_same_message_counts_once()
    {
        Write("Sent.mbox", Mbox(Message("b@x.org", "a@x.org", "1", "Hello."), Message("b@x.org", "a@x.org", "1", "Hello."), Message("b@x.org", "a@x.org", "2", "Hello.")));
        Assert.Single(Read(out MailReadReport report));
        Assert.Equal(2, report.Skipped[MailSkipReason.Duplicate]);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Precedence: bulk")]
    [InlineData("Content-Type: text/calendar; method=REPLY")]
    public void What_programs_send_is_left_out(string header)
    {
        Write("Sent/1.eml", $"From: b@x.org\nSubject: x\n{header}\n\nI am away.\n");
        Assert.Empty(Read(out MailReadReport report));
        Assert.Equal(1, report.Skipped[MailSkipReason.Automatic]);
    }

    [Fact]
    public void Broken_mail_is_counted_and_named_and_the_rest_is_read()
    {
        Write("Sent/01-empty.eml", "");
        Write("Sent/02-binary.eml", new string('\0', 5000) + "\u0001\u0002");
        Write("Sent/03-no-header.eml", "just text\n\nwithout a header\n");
        Write("Sent/04-bad-charset.eml", "From: b@x.org\nSubject: x\nContent-Type: text/plain; charset=klingon\n\nThe charset is unknown.\n");
        Write("Sent/05-cut.eml", "From: b@x.org\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\nThe end is missi");
        Write("Sent/06-bad-base64.eml", "From: b@x.org\nSubject: x\nContent-Transfer-Encoding: base64\n\n!!!! not base64 ????\n");
        Write("Sent/07-deep.eml", "From: b@x.org\nSubject: x\n" + Nested(3000));
        Write("Sent/08-long-line.eml", "From: b@x.org\nSubject: x\n\n" + new string('a', 3 << 20));
        Write("Sent/09-good.eml", Message("b@x.org", "a@x.org", "9", "This one is fine."));
        string[] texts = [.. Read(out MailReadReport report).Select(mail => mail.Text)];
        Assert.Contains("This one is fine.", texts);
        Assert.Contains("The charset is unknown.", texts);
        Assert.Contains("The end is missi", texts);
        Assert.Equal((1, 2), (report.Skipped[MailSkipReason.EmptyFile], report.Skipped[MailSkipReason.Malformed]));
        Assert.Contains(report.Warnings, warning => warning.Contains("02-binary.eml", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("09-good", StringComparison.Ordinal));
    }

    [Fact]
    public void A_huge_attachment_is_passed_over_in_bounded_memory()
    {
        string path = Path.Combine(_folder, "Sent.mbox");
        using (StreamWriter writer = File.CreateText(path))
        {
            writer.Write("From b@x.org Mon Mar  2 10:00:00 2020\nFrom: b@x.org\nSubject: big\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\nSee the attachment, please.\n--q\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n");
            string line = new string('A', 76) + "\n";
            for (int i = 0; i < 50 << 20; i += line.Length)
                writer.Write(line);
            writer.Write("--q--\n\nFrom b@x.org Mon Mar  2 10:00:00 2020\n" + Message("b@x.org", "a@x.org", "2", "After the big one."));
        }
        long before = GC.GetTotalAllocatedBytes();
        Assert.Equal(["See the attachment, please.", "After the big one."], Read(out MailReadReport report).Select(mail => mail.Text));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 40 << 20);
        Assert.Contains(report.Warnings, warning => warning.Contains("message 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_named()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("permissions do not bind this user");
            return;
        }
        Write("Sent/1.eml", Message("b@x.org", "a@x.org", "1", "One."));
        Write("Sent/2.eml", Message("b@x.org", "a@x.org", "2", "Two."));
        File.SetUnixFileMode(Path.Combine(_folder, "Sent/1.eml"), UnixFileMode.None);
        Assert.Single(Read(out MailReadReport report));
        Assert.Contains(report.Warnings, warning => warning.Contains("permission", StringComparison.Ordinal));
    }

    [Fact]
    public void New_mail_is_looked_for_before_mail_that_was_read()
    {
        // Reading fails in the order in which it looks.
        foreach (string folder in (string[])["cur", "new"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, "list", folder));
            File.CreateSymbolicLink(Path.Combine(_folder, "list", folder, "1"), Path.Combine(_folder, "nowhere"));
        }

        var report = new MailReadReport();
        MailFiles.Find([_folder], report, TestContext.Current.CancellationToken);
        Assert.Equal(["new", "cur"], report.Warnings.Select(warning => Path.GetFileName(Path.GetDirectoryName(warning[..warning.LastIndexOf(':')]))));
    }

    [Fact]
    public void Links_in_circles_end()
    {
        Write("Sent/1.eml", Message("b@x.org", "a@x.org", "1", "One."));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "Sent", "loop"), _folder);
        File.CreateSymbolicLink(Path.Combine(_folder, "Sent", "gone.eml"), Path.Combine(_folder, "nowhere"));
        Assert.Single(Read(out MailReadReport report));
        Assert.Equal(1, report.Skipped[MailSkipReason.Unreadable]);
    }

    [Fact]
    public void A_file_of_another_kind_is_named_with_the_remedy()
    {
        string path = Write("notes.txt", "Dear diary");
        var report = new MailReadReport();
        Assert.Empty(MailReader.Read([path], null, report));
        Assert.Contains(".mbox", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Contains(path, Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_can_be_read() => Gen.Byte.Array[0, 400].Select(Gen.Int[0, Starts.Length - 1]).Sample(
        (bytes, start) =>
        {
            foreach (MailFileKind kind in (ReadOnlySpan<MailFileKind>)[MailFileKind.Message, MailFileKind.Mbox, MailFileKind.JsonLines])
            {
                string path = Path.Combine(_folder, $"{Guid.NewGuid():N}" + (kind == MailFileKind.Message ? ".eml" : kind == MailFileKind.Mbox ? ".mbox" : ".jsonl"));
                File.WriteAllBytes(path, [.. Encoding.Latin1.GetBytes(Starts[start]), .. bytes]);
                var report = new MailReadReport();
                int kept = MailReader.Read([path], null, report).Count();
                File.Delete(path);
                Assert.Equal(kept, report.Kept);
            }
        },
        iter: 200, threads: 1);

    private static readonly string[] Starts =
    [
        "", "From ", "From: a@b.c\nSubject: x\n\n", "From x\nFrom: a@b.c\nSubject: =?", "From: a@b.c\nContent-Type: multipart/mixed; boundary=\"a\"\n\n--a\n",
        "From: a@b.c\nContent-Type: text/html; charset=utf-7\nContent-Transfer-Encoding: base64\n\n", "{\"text\": \"", "From: a@b.c\nContent-Type: text/plain; charset=utf-16\n\n",
    ];

    private static string Nested(int depth)
    {
        var text = new StringBuilder();
        for (int i = 0; i < depth; i++)
            text.Append($"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        return text.Append("Content-Type: text/plain\n\nDeep down.\n").ToString();
    }

    private static string Message(string from, string to, string id, string text, string? inReplyTo = null) =>
        $"From: {from}\nTo: {to}\nSubject: x\nDate: Mon, 2 Mar 2020 10:00:00 +0000\nMessage-ID: <{id}@x.org>\n{(inReplyTo is null ? "" : $"In-Reply-To: <{inReplyTo}@x.org>\n")}\n{text}\n";

    private static string Mbox(params IEnumerable<string> messages) => string.Concat(messages.Select(message => $"From somebody Mon Mar  2 10:00:00 2020\n{message}\n"));

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return path;
    }

    private MailMessage[] Read(out MailReadReport report, MailReadOptions? options = null)
    {
        report = new MailReadReport();
        return [.. MailReader.Read([_folder], options, report)];
    }
}
