namespace Inkling.Mail;

/// <summary>Reads mail and keeps what its author wrote.</summary>
/// <remarks>
/// Broken mail is counted in the report and passed over; it never ends the reading. Attachments are not decoded. What is held in memory is
/// the mail at hand, a hash of each mail before, and the beginnings of the last 20,000 mails, in which answers find what they answer.
/// </remarks>
public static class MailReader
{
    /// <summary>Reads files and folders, one mail after the other.</summary>
    /// <param name="paths">
    /// Messages (<c>.eml</c>), mailboxes (<c>.mbox</c>, or any file that starts like one), Maildirs, folders of any of these, and data sets
    /// (<c>.jsonl</c>, <c>.jsonl.gz</c>: a JSON object a line with <c>text</c> and, optionally, <c>author</c> or <c>from</c>,
    /// <c>date, to, subject, quoted, src, id, reply_to</c>).
    /// </param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <param name="report">Filled while reading goes on; one report for one reading.</param>
    /// <param name="cancellation">Stops between two mails.</param>
    /// <returns>The writer's mails, in the order of the files. Reading starts when the first is asked for.</returns>
    /// <exception cref="FileNotFoundException">A path does not exist; the message names it. Thrown before anything is read.</exception>
    public static IEnumerable<MailMessage> Read(
        IEnumerable<string> paths, MailReadOptions? options, MailReadReport report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(report);
        string[] all = [.. paths];
        foreach (string path in all)
        {
            if (!File.Exists(path) && !Directory.Exists(path))
                throw new FileNotFoundException($"Reading mail: {Full(path)} does not exist. {MailFiles.Remedy}", path);
        }
        return ReadAll(all, options ?? new MailReadOptions(), report, cancellation);
    }

    private static IEnumerable<MailMessage> ReadAll(string[] paths, MailReadOptions options, MailReadReport report, CancellationToken cancellation)
    {
        List<MailFile> files = MailFiles.Find(paths, report, cancellation);
        report.SetTotalBytes(files.Sum(file => file.Length));
        var selection = new MailSelection(options, Writers(files, options, report, cancellation), report);
        foreach (MailFile file in files)
        {
            report.CountFile();
            foreach (RawMail raw in ReadFile(file, options, report, cancellation))
            {
                if (selection.Choose(raw) is { } mail)
                    yield return mail;
            }
        }
        if (report.Read > 0 && report.Kept == 0)
            report.Note($"Nothing was kept: {report}.");
    }

    /// <summary>The addresses whose mail is the writer's own; none when that is what lies in folders of sent mail.</summary>
    internal static HashSet<string> Writers(List<MailFile> files, MailReadOptions options, MailReadReport report, CancellationToken cancellation)
    {
        var writers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        List<MailFile> mailboxes = files.FindAll(file => file.Kind is MailFileKind.Message or MailFileKind.Mbox);
        if (options.Me is { } me)
            writers.UnionWith(me.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        else if (mailboxes.Exists(file => file.Sent))
            report.Note("The writer's mail is what lies in the folders of sent mail.");
        else if (mailboxes.Count > 0 && OwnerFinder.Find(mailboxes, report, cancellation) is { } owner)
            writers.Add(owner);
        return writers;
    }

    // A file that vanishes or fails half-way ends there; the next one is read.
    private static IEnumerable<RawMail> ReadFile(MailFile file, MailReadOptions options, MailReadReport report, CancellationToken cancellation)
    {
        using IEnumerator<RawMail> mails = (file.Kind is MailFileKind.Message or MailFileKind.Mbox
            ? MimeSource.Read(file, options, report, cancellation)
            : JsonLinesSource.Read(file, report, cancellation)).GetEnumerator();
        while (true)
        {
            try
            {
                if (!mails.MoveNext())
                    yield break;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                report.Skip(MailSkipReason.Unreadable, $"{file.Path}: the file cannot be read ({MailFiles.Reason(error)}).");
                yield break;
            }
            yield return mails.Current;
        }
    }

    private static string Full(string path) => path.Length == 0 ? "(an empty path)" : Path.GetFullPath(path);
}
