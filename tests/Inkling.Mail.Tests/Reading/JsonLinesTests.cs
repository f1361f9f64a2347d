using System.IO.Compression;
using System.Text;

namespace Inkling.Mail.Tests;

public sealed class JsonLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-mail-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Fields_are_read()
    {
        string path = Write("a.jsonl", """
            {"src": "made-up", "author": "ann", "date": "2020-05-01T10:00:00", "to": ["bob", "cy"], "subject": "Lunch", "text": "See you at noon.", "quoted": "When do we meet?"}
            {"from": "dee@example.com", "to": "a@example.com; b@example.com", "text": "Fine with me.", "unknown": [1, {"x": null}]}
            """);
        MailMessage[] mails = Read(path, out MailReadReport report);
        Assert.Equal(2, mails.Length);
        Assert.Equal(("See you at noon.", "Lunch", "When do we meet?", "ann", "made-up"), (mails[0].Text, mails[0].Subject, mails[0].Previous, mails[0].From, mails[0].Source));
        Assert.Equal(["bob", "cy"], mails[0].To);
        Assert.Equal(new DateTimeOffset(2020, 5, 1, 10, 0, 0, TimeSpan.Zero), mails[0].Date);
        Assert.Equal(("dee@example.com", "jsonl", null), (mails[1].From, mails[1].Source, mails[1].Date));
        Assert.Equal(["a@example.com", "b@example.com"], mails[1].To);
        Assert.Equal((2, 2, 7), (report.Read, report.Kept, report.Words));
        Assert.Empty(report.Skipped);
    }

    [Fact]
    public void Compressed_files_are_read_and_damage_keeps_what_came_before()
    {
        string path = Path.Combine(_folder, "a.jsonl.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            for (int i = 0; i < 5000; i++)
                gzip.Write(Encoding.UTF8.GetBytes($$"""{"text": "Mail of {{Guid.NewGuid()}}"}""" + "\n"));
        }
        Assert.Equal(5000, Read(path, out _).Length);

        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        int kept = Read(path, out MailReadReport report).Length;
        Assert.InRange(kept, 1000, 4000);
        Assert.Equal((1, 1), (report.Skipped.Values.Sum(), report.Skipped[MailSkipReason.Malformed]));
        Assert.Contains("cut off", Assert.Single(report.Warnings), StringComparison.Ordinal);

        // A member behind the other is one file; it may be cut off, too.
        File.WriteAllBytes(path, [.. bytes, .. Packed("{\"text\": \"Behind.\"}\n")]);
        Assert.Equal(5001, Read(path, out report).Length);
        Assert.Empty(report.Warnings);
        File.WriteAllBytes(path, [.. Packed("{\"text\": \"Before.\"}\n"), .. bytes[..^9]]);
        Read(path, out report);
        Assert.Equal(1, report.Skipped[MailSkipReason.Malformed]);
    }

    [Fact]
    public void A_disk_that_fails_on_the_way_makes_the_file_unreadable()
    {
        var report = new MailReadReport();
        using var lines = new LineReader(new Failing(), JsonLinesSource.MaxLine);
        Assert.True(JsonLinesSource.TryReadLine(lines, "a.jsonl", report, out _));
        Assert.False(JsonLinesSource.TryReadLine(lines, "a.jsonl", report, out _));
        Assert.Equal(1, report.Skipped[MailSkipReason.Unreadable]);
    }

    [Fact]
    public void Broken_lines_are_counted_and_named()
    {
        string path = Write("a.jsonl", """
            not json
            {"text": 5
            {"subject": "no text"}
            {"text": ["x"]}
            {"text": "\ud800 lone"}
            []

            {"text": "Good."}
            {"text": "Good."}
            {"text": "  "}
            """);
        MailMessage mail = Assert.Single(Read(path, out MailReadReport report));
        Assert.Equal("Good.", mail.Text);
        Assert.Equal(6, report.Skipped[MailSkipReason.BadJson]);
        Assert.Equal(1, report.Skipped[MailSkipReason.Duplicate]);
        Assert.Equal(1, report.Skipped[MailSkipReason.NoOwnText]);
        Assert.Contains(report.Warnings, warning => warning.Contains(path + ", line 1", StringComparison.Ordinal));
        Assert.DoesNotContain(report.Warnings, warning => warning.Contains("lone", StringComparison.Ordinal));
    }

    [Fact]
    public void An_endless_line_is_passed_over_in_bounded_memory()
    {
        string path = Path.Combine(_folder, "a.jsonl");
        using (StreamWriter writer = File.CreateText(path))
        {
            string block = new('x', 1 << 20);
            writer.Write("{\"text\": \"");
            for (int i = 0; i < 40; i++)
                writer.Write(block);
            writer.Write("\"}\n{\"text\": \"After.\"}\n");
        }
        Assert.Equal("After.", Assert.Single(Read(path, out MailReadReport report)).Text);
        Assert.Equal(1, report.Skipped[MailSkipReason.TooLong]);
        Assert.Equal(new FileInfo(path).Length, report.Bytes);
    }

    [Fact]
    public void A_path_that_is_not_there_is_named_at_once()
    {
        string path = Path.Combine(_folder, "none.jsonl");
        var error = Assert.Throws<FileNotFoundException>(() => MailReader.Read([path], null, new MailReadReport()));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        string path = Write("a.jsonl", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}");
        using var cancellation = new CancellationTokenSource();
        IEnumerator<MailMessage> mails = MailReader.Read([path], null, new MailReadReport(), cancellation.Token).GetEnumerator();
        Assert.True(mails.MoveNext());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => mails.MoveNext());
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    // The second block is damaged.
    private sealed class Failing : MemoryStream
    {
        private bool _begun;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_begun)
                throw new IOException("the disk does not answer");
            _begun = true;
            "{}\n"u8.CopyTo(buffer.AsSpan(offset));
            return 3;
        }
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static MailMessage[] Read(string path, out MailReadReport report)
    {
        report = new MailReadReport();
        return [.. MailReader.Read([path], null, report)];
    }
}
