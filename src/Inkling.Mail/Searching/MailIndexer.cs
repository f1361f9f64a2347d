using Inkling.Language;
using Inkling.Training;

namespace Inkling.Mail;

/// <summary>
/// Makes a mailbox searchable, or brings an index up to date: mail is read and cleaned into the index's log, then its passages become terms and vectors.
/// Whoever ends it, by cancelling, killing or a power cut, loses nothing that was written: the same call goes on.
/// </summary>
/// <remarks>
/// Files that have not changed are not read again, nor is mail that is known by its bytes, wherever it lies now. Mail that is no longer in any file below the paths leaves
/// the index; what lies below other paths, in folders that cannot be read or are empty, or in a path that has no mail at all any more, stays. Mail that was changed under its
/// Message-Id, as a draft is, is indexed anew. One run at a time for an index.
/// </remarks>
/// <param name="encoder">What makes vectors of passages. Another one than before makes all of them again.</param>
/// <param name="options">What is indexed.</param>
public sealed class MailIndexer(ITextEncoder encoder, MailIndexOptions options)
{
    private const int Batch = 256;
    private const int MostKnown = 1 << 14;
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
        run.Known = columns.Live;
        int gone = ReadMail(writer, run);
        if (columns.Live == 0) throw new InvalidDataException($"Indexing mail: no mail was found in {string.Join(", ", options.Mail)} ({run.Report}). {MailFiles.Remedy}");
        int passages = writer.Merge();
        run.Tell(columns.Live, MailIndexStage.Done, 1, null);
        return new MailIndexResult(columns.Live, columns.Live + gone - run.Known, passages, run.Elapsed, run.Report) { Gone = gone };
    }

    private int ReadMail(IMailIndexWriter writer, MailIndexRun run)
    {
        (MailColumns columns, MailReadReport report) = (writer.Columns, run.Report);
        List<string> unread = [];
        List<MailFile> files = MailFiles.Find(options.Mail, report, run.Stop, unread);
        MailSightings sightings = new(writer.Seen, columns);
        List<MailFile> changed = sightings.Changed(files);
        report.SetTotalBytes(changed.Sum(file => file.Length));
        HashSet<string> writers = Writers(files, columns, run);
        List<int> gone;
        try
        {
            Read(changed);
            gone = sightings.Gone(options.Mail, files, unread, report);
            if (gone.Count > 0) writer.Remove(gone);
            if (sightings.Stale(files, out List<MailFile> holding) is { Count: > 0 } stale)
            {
                writer.Remove(stale);
                report.SetTotalBytes(report.TotalBytes + holding.Sum(file => file.Length));
                Read(sightings.Changed(holding));
            }
        }
        catch (OperationCanceledException)
        {
            sightings.Interrupt();
            writer.Keep();
            throw;
        }

        writer.Keep();
        return gone.Count;

        void Read(List<MailFile> some)
        {
            // A copy among sent mail shows that the user wrote what was somebody's before.
            using IEnumerator<MailArchive.Found> found = MailArchive.Read(some, (file, hash) => columns.Has(hash) && (!file.Sent || columns.HasOwn(hash)), report, run.Stop).GetEnumerator();
            ReadMail(found, sightings, IsOwn, writer, run);
        }

        // Of a data set whose user nobody knows all is the user's.
        bool IsOwn(RawMail raw) => raw.Sent || writers.Contains(raw.From) || (raw.Kind == RawMailKind.DataSet && columns.Owner.Length == 0);
    }

    private static void ReadMail(IEnumerator<MailArchive.Found> found, MailSightings sightings, Func<RawMail, bool> isOwn, IMailIndexWriter writer, MailIndexRun run)
    {
        MailReadReport report = run.Report;
        List<MailArchive.Found> now = Take(found);
        while (now.Count > 0)
        {
            Task<List<MailArchive.Found>> next = Task.Run(() => Take(found), CancellationToken.None);
            List<MailArchive.Found> read = now;
            ArchivedMail?[] mails = new ArchivedMail?[read.Count];
            Parallel.For(0, read.Count, i => mails[i] = read[i] is { Ends: false, Known: false } ? MailArchive.Parse(read[i], isOwn, report) : null);
            now = next.GetAwaiter().GetResult();
            writer.Add(Apart(mails.OfType<ArchivedMail>(), writer.Columns));
            foreach (MailArchive.Found one in read)
            {
                if (one.Ends) sightings.Finish(one.File, one.Whole);
                else sightings.Saw(one.File, one.Hash);
            }

            double share = report.TotalBytes > 0 ? Math.Min(1, report.Bytes / (double)report.TotalBytes) : 1;
            run.Tell(writer.Columns.Live, MailIndexStage.Reading, share, share > 0.01 ? run.Elapsed * ((1.3 - share) / share) : null);
            run.Hold();
        }
    }

    // Records of a data set may have the same id and be different all the same, or one was changed.
    private static List<ArchivedMail> Apart(IEnumerable<ArchivedMail> mails, MailColumns columns)
    {
        Dictionary<string, UInt128> records = new(StringComparer.OrdinalIgnoreCase);
        List<ArchivedMail> apart = [];
        foreach (ArchivedMail mail in mails)
        {
            bool another = mail.OfDataSet && !columns.Has(mail.Hash) && (columns.HasId(MailColumns.Print(mail.Id)) || (records.TryGetValue(mail.Id, out UInt128 hash) && hash != mail.Hash));
            if (mail.OfDataSet) records.TryAdd(mail.Id, mail.Hash);
            apart.Add(another ? MailArchive.Another(mail) : mail);
        }

        return apart;
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
        // What is known, and the ends of files, take no time.
        int news = 0;
        for (long bytes = 0; news < Batch && batch.Count < MostKnown && bytes < BatchBytes && found.MoveNext(); bytes += found.Current.Bytes.Length)
        {
            batch.Add(found.Current);
            if (found.Current is { Ends: false, Known: false }) news++;
        }

        return batch;
    }
}
