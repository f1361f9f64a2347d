using System.Buffers;
using System.Text.RegularExpressions;

namespace Inkling.Mail;

/// <summary>Finds the files with mail below the paths given, and tells what kind each is.</summary>
internal static partial class MailFiles
{
    private const int DeepestFolder = 48;
    private const int SniffLength = 2048;

    /// <summary>What is asked of the user when a path does not lead to mail.</summary>
    public const string Remedy = "Give a file (.eml, .mbox, .jsonl, .jsonl.gz), a Maildir, or a folder of these.";

    /// <summary>The files, those with mail of others before those with sent mail (so that answers find what they answer), else by name.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="report">Counts.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="unread">Is given the folders and files that could not be looked into, and the empty folders that are none of a Maildir: a disk may be missing there.</param>
    /// <remarks>Links to folders are not followed. What cannot be read or is no mail is counted in the report.</remarks>
    public static List<MailFile> Find(IEnumerable<string> paths, MailReadReport report, CancellationToken cancellation, ICollection<string>? unread = null)
    {
        var files = new List<MailFile>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
                AddFolder(new DirectoryInfo(path), IsSentName(new DirectoryInfo(path).Name), 0, files, report, unread, cancellation);
            else
                AddFile(new FileInfo(path), sent: false, named: true, files, report, unread);
        }
        return [.. files.OrderBy(file => file.Sent)]; // OrderBy is stable
    }

    private static void AddFolder(DirectoryInfo folder, bool sent, int depth, List<MailFile> files, MailReadReport report, ICollection<string>? unread, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        FileSystemInfo[] entries;
        try
        {
            entries = folder.GetFileSystemInfos();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            unread?.Add(folder.FullName);
            report.Skip(MailSkipReason.Unreadable, $"{folder.FullName}: the folder cannot be read ({Reason(error)}).");
            return;
        }
        if (entries.Length == 0 && folder.Name is not ("cur" or "new"))
            unread?.Add(folder.FullName);
        Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        bool maildir = Array.Exists(entries, entry => entry is DirectoryInfo && entry.Name == "cur");
        // Mail goes from new to cur: whoever looks for it in this order finds it in one of them at least.
        FileSystemInfo? arriving = maildir ? Array.Find(entries, entry => entry is DirectoryInfo && entry.Name == "new") : null;
        List<MailFile> arrived = [];
        if (arriving is not null)
            AddEntry(arriving, arrived);
        foreach (FileSystemInfo entry in entries)
        {
            if (entry == arriving)
                files.AddRange(arrived);
            else
                AddEntry(entry, files);
        }

        void AddEntry(FileSystemInfo entry, List<MailFile> to)
        {
            if (entry is FileInfo file)
                AddFile(file, sent, named: false, to, report, unread);
            else if (depth < DeepestFolder && entry.LinkTarget is null && !(maildir && entry.Name == "tmp"))
                AddFolder((DirectoryInfo)entry, sent || IsSentName(entry.Name), depth + 1, to, report, unread, cancellation);
        }
    }

    // Files that a folder merely contains are passed over when they are no mail; files that were named are worth a warning.
    private static void AddFile(FileInfo file, bool sent, bool named, List<MailFile> files, MailReadReport report, ICollection<string>? unread)
    {
        try
        {
            FileInfo content = Content(file);
            if (file.LinkTarget is not null && !content.Exists)
            {
                unread?.Add(file.FullName);
                report.Skip(MailSkipReason.Unreadable, $"{file.FullName}: the link leads nowhere.");
            }
            else if (content.Length == 0)
                report.Skip(MailSkipReason.EmptyFile, $"{file.FullName}: the file is empty.");
            else if (Kind(file) is { } kind)
                files.Add(new MailFile(file.FullName, kind, sent || IsSentName(System.IO.Path.GetFileNameWithoutExtension(file.Name)), content.Length));
            else if (named)
                report.Skip(MailSkipReason.UnknownKind, $"{file.FullName}: this is no mail that can be read. {Remedy}");
            else
                report.Skip(MailSkipReason.UnknownKind);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            unread?.Add(file.FullName);
            report.Skip(MailSkipReason.Unreadable, $"{file.FullName}: the file cannot be read ({Reason(error)}).");
        }
    }

    /// <summary>The file that a link leads to, whose length and time are those of the mail; one that is no link itself.</summary>
    internal static FileInfo Content(FileInfo file) => file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    private static MailFileKind? Kind(FileInfo file)
    {
        string name = file.Name;
        if (name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            return MailFileKind.JsonLines;
        if (name.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase))
            return MailFileKind.JsonLinesGzip;
        if (name.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) || file.Directory?.Name is "cur" or "new")
            return MailFileKind.Message;
        // Everything else by its first bytes: mailboxes have all kinds of names, and none.
        byte[] start = ArrayPool<byte>.Shared.Rent(SniffLength);
        try
        {
            using FileStream stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            ReadOnlySpan<byte> head = start.AsSpan(0, stream.ReadAtLeast(start.AsSpan(0, SniffLength), SniffLength, throwOnEndOfStream: false));
            if (head.StartsWith("From "u8) || name.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".mbx", StringComparison.OrdinalIgnoreCase))
                return MailFileKind.Mbox;
            return MessageBytes.LooksLikeHeaders(head) ? MailFileKind.Message : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(start);
        }
    }

    private static bool IsSentName(string name) => SentName().IsMatch(name);

    /// <summary>Why a file cannot be read, in a few words.</summary>
    internal static string Reason(Exception error) => error is UnauthorizedAccessException ? "permission denied" : error.Message;

    // Maildir++ writes .INBOX.Sent, others Sent Items; names in the languages of common mail programs.
    [GeneratedRegex("""(^|[.\s\[\]/_-])(sent(\s?(items|mail|messages|elements))?|gesendet(e(\s(objekte|elemente|nachrichten))?)?|envoy[ée]s?|([ée]l[ée]ments|messages)\senvoy[ée]s|enviad[oa]s?|elementos\senviados|(posta\s)?inviata|inviati|verzonden(\sitems)?|skickat|skickade|sendt(e)?|wys[łl]ane|outbox)$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SentName();
}
