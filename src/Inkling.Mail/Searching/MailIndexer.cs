using Inkling.Language;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>
/// Makes a mailbox searchable, or brings an index up to date: mail is read and cleaned into the index's log, then its passages become terms and vectors.
/// Whoever ends it, by cancelling, killing or a power cut, loses nothing that was written: the same call goes on.
/// </summary>
/// <remarks>Mail that is known, by its bytes, is not read again, wherever it lies now. Mail that was deleted stays in the index. One run at a time for an index.</remarks>
/// <param name="encoder">What makes vectors of passages. Another one than before makes all of them again.</param>
/// <param name="options">What is indexed.</param>
public sealed class MailIndexer(ITextEncoder encoder, MailIndexOptions options)
{
    private const int Batch = 256;
    private const int BatchBytes = 32 << 20;

    private readonly MailStorage _storage = options.Storage ?? MailStorage.InFolder(options.Folder);

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Told a few times a second where it stands; null for nobody.</param>
    /// <param name="pause">Where it may be held; null for nowhere.</param>
    /// <param name="cancellation">Ends it in good order; what was read stays.</param>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    /// <exception cref="InvalidDataException">The folder has something else in it, or there is no mail.</exception>
    /// <exception cref="IOException">Another run works on the index, the disk is full, or a data base cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MailIndexResult Run(IProgress<MailIndexProgress>? progress = null, PauseGate? pause = null, CancellationToken cancellation = default)
    {
        MailIndexRun run = new(progress, pause, cancellation);
        foreach (string path in options.Mail)
        {
            if (!Path.Exists(path)) throw new FileNotFoundException($"Indexing mail: {path} does not exist. {MailFiles.Remedy}", path);
        }

        using IMailIndexWriter writer = _storage.OpenToWrite(encoder, options.Waiting, run);
        MailColumns columns = writer.Columns;
        run.Known = columns.Count;
        try
        {
            ReadMail(writer, run);
        }
        catch (OperationCanceledException)
        {
            writer.Keep();
            throw;
        }

        writer.Keep();
        if (columns.Count == 0) throw new InvalidDataException($"Indexing mail: no mail was found in {string.Join(", ", options.Mail)} ({run.Report}). {MailFiles.Remedy}");
        int passages = writer.Merge();
        run.Tell(columns.Count, MailIndexStage.Done, 1, null);
        return new MailIndexResult(columns.Count, columns.Count - run.Known, passages, run.Elapsed, run.Report);
    }

    private void ReadMail(IMailIndexWriter writer, MailIndexRun run)
    {
        (MailColumns columns, MailReadReport report) = (writer.Columns, run.Report);
        List<MailFile> files = MailFiles.Find(options.Mail, report, run.Stop);
        report.SetTotalBytes(files.Sum(file => file.Length));
        HashSet<string> writers = Writers(files, columns, run);
        using IEnumerator<MailArchive.Found> found = MailArchive.Read(files, columns.Has, report, run.Stop).GetEnumerator();
        List<MailArchive.Found> now = Take(found);
        while (now.Count > 0)
        {
            Task<List<MailArchive.Found>> next = Task.Run(() => Take(found), CancellationToken.None);
            ArchivedMail?[] mails = new ArchivedMail?[now.Count];
            Parallel.For(0, now.Count, i => mails[i] = MailArchive.Parse(now[i], IsOwn, report));
            now = next.GetAwaiter().GetResult();
            writer.Add([.. mails.OfType<ArchivedMail>()]);
            double share = report.TotalBytes > 0 ? Math.Min(1, report.Bytes / (double)report.TotalBytes) : 1;
            run.Tell(columns.Count, MailIndexStage.Reading, share, share > 0.01 ? run.Elapsed * ((1.3 - share) / share) : null);
            run.Hold();
        }

        // Of a data set whose user nobody knows all is the user's.
        bool IsOwn(RawMail raw) => raw.Sent || writers.Contains(raw.From) || (raw.Kind == RawMailKind.DataSet && columns.Owner.Length == 0);
    }

    private HashSet<string> Writers(List<MailFile> files, MailColumns columns, MailIndexRun run)
    {
        string? me = options.Me ?? (columns.Owner.Length > 0 ? columns.Owner : null);
        HashSet<string> writers = MailReader.Writers(files, new MailReadOptions { Me = me }, run.Report, run.Stop);
        columns.Owner = string.Join(';', writers);
        return writers;
    }

    private static List<MailArchive.Found> Take(IEnumerator<MailArchive.Found> found)
    {
        List<MailArchive.Found> batch = new(Batch);
        for (long bytes = 0; batch.Count < Batch && bytes < BatchBytes && found.MoveNext(); bytes += found.Current.Bytes.Length) batch.Add(found.Current);
        return batch;
    }
}
