using Inkling.Language;

namespace Inkling.Mail.Tests.Searching;

/// <summary>Files that change, vanish or end early between two runs.</summary>
public sealed class MailSightingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-sightings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Mail => Path.Combine(_folder, "mail");

    private string Index => Path.Combine(_folder, "index");

    [Fact]
    public void A_file_behind_a_link_is_read_again_when_it_changes()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("links need rights there");
        DateTime settled = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Write("a.mbox", Many(1));
        string file = Path.Combine(_folder, "elsewhere.mbox");
        File.WriteAllText(file, MadeUpMailbox.Mbox(Many(2)));
        File.SetLastWriteTimeUtc(file, settled);
        string link = Path.Combine(Mail, "b.mbox");
        File.CreateSymbolicLink(link, file);
        File.SetLastWriteTimeUtc(Path.Combine(Mail, "a.mbox"), settled);
        Assert.Equal(2, Run().Mails);
        SeenFile seen = SeenFiles.Read(Path.Combine(Index, "mails.files")).Files[link];
        Assert.Equal((new FileInfo(file).Length, settled.Ticks), (seen.Length, seen.Ticks));
        Assert.Equal(0, Run().Reading.Read);
        File.AppendAllText(file, MadeUpMailbox.Mbox(Many(3).Skip(2)));
        Assert.Equal(3, Run().Mails);

        // A disk that is not in the machine.
        File.Delete(file);
        MailIndexResult away = Run();
        Assert.Equal((3, 0), (away.Mails, away.Gone));
    }

    [Fact]
    public void A_packed_data_set_that_is_cut_off_keeps_its_mail()
    {
        Directory.CreateDirectory(Mail);
        string path = Path.Combine(Mail, "a.jsonl.gz");
        using (System.IO.Compression.GZipStream packed = new(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
        {
            for (int i = 0; i < 400; i++) packed.Write(System.Text.Encoding.UTF8.GetBytes($$"""{"id":{{i}},"from":"bob@x.example","text":"The letter {{Guid.NewGuid()}} has come."}""" + "\n"));
        }

        Assert.Equal(400, Run().Mails);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        MailIndexResult cut = Run();
        Assert.Equal((400, 0), (cut.Mails, cut.Gone));
        File.WriteAllBytes(path, bytes);
        MailIndexResult whole = Run();
        Assert.Equal((400, 0), (whole.Mails, whole.Gone));
    }

    [Fact]
    public void A_file_that_is_written_to_while_it_is_read_loses_nothing()
    {
        Write("a.mbox", Many(3));
        string path = Path.Combine(Mail, "a.mbox");
        Run();
        SeenFiles seen = SeenFiles.Read(Path.Combine(Index, "mails.files"));
        MailSightings sightings = new(seen, MailColumns.Read(Path.Combine(Index, "mails.columns")));
        SeenFile before = seen.Files[path];
        MailFile file = Assert.Single(sightings.Changed(MailFiles.Find([Mail], new MailReadReport(), TestContext.Current.CancellationToken)));
        sightings.Saw(file, before.Mails[0].Hash);
        File.AppendAllText(path, "From x\n");
        sightings.Finish(file, whole: true);
        Assert.Equal((3, 0), (seen.Files[path].Mails.Length, seen.Files[path].Ticks));
        file = Assert.Single(sightings.Changed(MailFiles.Find([Mail], new MailReadReport(), TestContext.Current.CancellationToken)));
        sightings.Saw(file, before.Mails[0].Hash);
        sightings.Finish(file, whole: true);
        Assert.Single(seen.Files[path].Mails);
    }

    private static IEnumerable<(string, string, string, string, string)> Many(int count) =>
        Enumerable.Range(0, count).Select(i => ($"number-{i}", "Shop <shop@shop.example>", "2025-01-01", $"Order {i}", $"Your order of item{i} has left our house."));

    private void Write(string name, IEnumerable<(string, string, string, string, string)> mails)
    {
        Directory.CreateDirectory(Mail);
        File.WriteAllText(Path.Combine(Mail, name), MadeUpMailbox.Mbox(mails));
    }

    private MailIndexResult Run() => new MailIndexer(new One(), new MailIndexOptions { Mail = [Mail], Folder = Index }).Run(null, null, TestContext.Current.CancellationToken);

    // All texts are alike.
    private sealed class One : ITextEncoder
    {
        public string Name => "one";

        public int Dimensions => 1;

        public void Encode(ReadOnlySpan<char> text, Span<float> vector) => vector[0] = 1;
    }
}
