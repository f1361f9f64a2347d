using System.Diagnostics;
using Inkling.Language;
using Inkling.Training;
using Inkling.Vectors;

namespace Inkling.Mail;

/// <summary>
/// Makes a mailbox searchable, or brings an index up to date: mail is read and cleaned into the index's log, then its passages become terms and vectors.
/// Whoever ends it, by cancelling, killing or a power cut, loses nothing that was written: the same call goes on.
/// </summary>
/// <remarks>Mail that is known, by its bytes, is not read again, wherever it lies now. Mail that was deleted stays in the index. One run at a time for a folder.</remarks>
/// <param name="encoder">What makes vectors of passages. Another one than before makes all of them again.</param>
/// <param name="options">What is indexed.</param>
public sealed class MailIndexer(ITextEncoder encoder, MailIndexOptions options)
{
    private const int Batch = 256;
    private const int BatchBytes = 32 << 20;
    private const int KeptMails = 4096;
    private static readonly TimeSpan s_toDisk = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_toKeep = TimeSpan.FromSeconds(30);

    private readonly MailSearchFolder _folder = new(options.Folder);
    private readonly MailReadReport _report = new();
    private IProgress<MailIndexProgress>? _progress;
    private PauseGate? _pause;
    private CancellationToken _stop;
    private long _started;
    private TimeSpan _paused;
    private int _known;

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started) - _paused;

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Told a few times a second where it stands; null for nobody.</param>
    /// <param name="pause">Where it may be held; null for nowhere.</param>
    /// <param name="cancellation">Ends it in good order; what was read stays.</param>
    /// <exception cref="FileNotFoundException">A path does not exist.</exception>
    /// <exception cref="InvalidDataException">The folder has something else in it, or there is no mail.</exception>
    /// <exception cref="IOException">Another run works on the folder, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MailIndexResult Run(IProgress<MailIndexProgress>? progress = null, PauseGate? pause = null, CancellationToken cancellation = default)
    {
        (_progress, _pause, _stop, _started, _paused) = (progress, pause, cancellation, Stopwatch.GetTimestamp(), TimeSpan.Zero);
        foreach (string path in options.Mail)
        {
            if (!Path.Exists(path)) throw new FileNotFoundException($"Indexing mail: {path} does not exist. {MailFiles.Remedy}", path);
        }

        _folder.Make();
        using FileStream only = Lock();
        using MailLog log = MailLog.OpenToWrite(_folder.Log);
        MailColumns columns = Load(log);
        _known = columns.Count;
        try
        {
            ReadMail(log, columns);
        }
        catch (OperationCanceledException)
        {
            Keep(log, columns);
            throw;
        }

        if (columns.Count == 0) throw new InvalidDataException($"Indexing mail: no mail was found in {string.Join(", ", options.Mail)} ({_report}). {MailFiles.Remedy}");
        int passages = Merge(log, columns);
        Tell(columns, MailIndexStage.Done, 1, null);
        return new MailIndexResult(columns.Count, columns.Count - _known, passages, Elapsed, _report);
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(_folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException error)
        {
            throw new IOException($"The search index {_folder.Root} is being written by another run, or cannot be written ({error.Message}). Wait for it to end.", error);
        }
    }

    // Columns that are damaged or of another version are made again of the log.
    private MailColumns Load(MailLog log)
    {
        MailColumns columns = new();
        try
        {
            if (File.Exists(_folder.Columns)) columns = MailColumns.Read(_folder.Columns);
        }
        catch (InvalidDataException error)
        {
            _report.Warn($"{error.Message} They are made again of the mails.");
        }

        if (columns.LogEnd > log.Length) columns = new MailColumns();
        if (columns.Encoder != encoder.Name || (columns.Indexed > 0 && !File.Exists(_folder.Passages(columns.Generation)))) columns.Indexed = 0;
        long end = Math.Max(columns.LogEnd, 8);
        columns.Encoder = encoder.Name;
        foreach ((ArchivedMail mail, long offset, long next) in log.Read(columns.LogEnd, (from, to) => _report.Warn($"{_folder.Log} is damaged between bytes {from} and {to}: what was there is passed over.")))
        {
            columns.Add(mail, offset);
            end = next;
        }

        log.CutAt(end);
        columns.LogEnd = end;
        return columns;
    }

    private void ReadMail(MailLog log, MailColumns columns)
    {
        List<MailFile> files = MailFiles.Find(options.Mail, _report, _stop);
        _report.SetTotalBytes(files.Sum(file => file.Length));
        HashSet<string> writers = Writers(files, columns);
        using IEnumerator<MailArchive.Found> found = MailArchive.Read(files, columns.Has, _report, _stop).GetEnumerator();
        long synced = Stopwatch.GetTimestamp(), kept = synced;
        List<MailArchive.Found> now = Take(found);
        while (now.Count > 0)
        {
            Task<List<MailArchive.Found>> next = Task.Run(() => Take(found), CancellationToken.None);
            ArchivedMail?[] mails = new ArchivedMail?[now.Count];
            Parallel.For(0, now.Count, i => mails[i] = MailArchive.Parse(now[i], IsOwn, _report));
            now = next.GetAwaiter().GetResult();
            foreach (ArchivedMail mail in mails.OfType<ArchivedMail>())
            {
                if (columns.Add(mail, log.End)) log.Append(mail);
            }

            bool due = Stopwatch.GetElapsedTime(synced) > s_toDisk;
            if (due) synced = Stopwatch.GetTimestamp();
            log.Flush(toDisk: due);
            columns.LogEnd = log.End;
            if (Stopwatch.GetElapsedTime(kept) > s_toKeep)
            {
                Keep(log, columns);
                kept = Stopwatch.GetTimestamp();
            }

            double share = _report.TotalBytes > 0 ? Math.Min(1, _report.Bytes / (double)_report.TotalBytes) : 1;
            Tell(columns, MailIndexStage.Reading, share, share > 0.01 ? Elapsed * ((1.3 - share) / share) : null);
            Hold();
        }

        Keep(log, columns);

        // Of a data set whose user nobody knows all is the user's.
        bool IsOwn(RawMail raw) => raw.Sent || writers.Contains(raw.From) || (raw.Kind == RawMailKind.DataSet && columns.Owner.Length == 0);
    }

    private void Keep(MailLog log, MailColumns columns)
    {
        log.Flush(toDisk: true);
        if (columns.Count > 0) columns.Save(_folder.Columns);
    }

    private HashSet<string> Writers(List<MailFile> files, MailColumns columns)
    {
        string? me = options.Me ?? (columns.Owner.Length > 0 ? columns.Owner : null);
        HashSet<string> writers = MailReader.Writers(files, new MailReadOptions { Me = me }, _report, _stop);
        columns.Owner = string.Join(';', writers);
        return writers;
    }

    private static List<MailArchive.Found> Take(IEnumerator<MailArchive.Found> found)
    {
        List<MailArchive.Found> batch = new(Batch);
        for (long bytes = 0; batch.Count < Batch && bytes < BatchBytes && found.MoveNext(); bytes += found.Current.Bytes.Length) batch.Add(found.Current);
        return batch;
    }

    /// <summary>Brings the passages of waiting mails into the file of passages, if they are many.</summary>
    private int Merge(MailLog log, MailColumns columns)
    {
        HybridIndex passages = columns.Indexed > 0 ? Opened(columns) : PassageIndexing.Create(encoder.Dimensions);
        int waiting = columns.Count - columns.Indexed;
        if (waiting > Math.Min(options.Waiting, MailSearchIndex.MostWaiting) || (columns.Indexed == 0 && waiting > 0)) Add(log, columns, passages);
        _folder.Tidy(columns.Generation);
        return passages.Count;
    }

    // The columns name the passages: with them the new ones count.
    private void Keep(MailColumns columns, HybridIndex passages, int mails)
    {
        if (mails <= columns.Indexed) return;
        passages.Save(_folder.Passages(columns.Generation + 1));
        columns.Generation++;
        columns.Indexed = mails;
        columns.Save(_folder.Columns);
        _folder.Tidy(columns.Generation);
    }

    private HybridIndex Opened(MailColumns columns)
    {
        try
        {
            HybridIndex opened = HybridIndex.Open(_folder.Passages(columns.Generation));
            opened.Verify();
            return opened;
        }
        catch (InvalidDataException error)
        {
            _report.Warn($"{error.Message} They are made again of the mails.");
            columns.Indexed = 0;
            return PassageIndexing.Create(encoder.Dimensions);
        }
    }

    private void Add(MailLog log, MailColumns columns, HybridIndex passages)
    {
        int first = columns.Indexed, done = first;
        TimeSpan began = Elapsed, saving = TimeSpan.Zero;
        long kept = Stopwatch.GetTimestamp();
        try
        {
            while (done < columns.Count)
            {
                _stop.ThrowIfCancellationRequested();
                done += AddBatch(log, columns, passages, done);
                double share = (done - first) / (double)(columns.Count - first);
                Tell(columns, MailIndexStage.Indexing, share, (Elapsed - began) * ((1 - share) / share));
                Hold();
                // All passages are written each time: that must not become most of the work.
                TimeSpan since = Stopwatch.GetElapsedTime(kept);
                if ((done - columns.Indexed < KeptMails && since < s_toKeep) || since < 10 * saving) continue;
                long started = Stopwatch.GetTimestamp();
                Keep(columns, passages, done);
                (kept, saving) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started));
            }
        }
        catch (OperationCanceledException)
        {
            Keep(columns, passages, done);
            throw;
        }

        Keep(columns, passages, done);
    }

    private int AddBatch(MailLog log, MailColumns columns, HybridIndex passages, int from)
    {
        int count = Math.Min(Batch, columns.Count - from);
        List<PassageIndexing.Entry>[] entries = new List<PassageIndexing.Entry>[count];
        Parallel.For(0, count, i =>
        {
            ArchivedMail? mail = log.TryReadAt(columns[from + i].Offset);
            if (mail is null) _report.Warn($"{_folder.Log} is damaged at byte {columns[from + i].Offset}: that mail is passed over.");
            entries[i] = mail is null ? [] : PassageIndexing.Entries(from + i, mail, encoder);
        });
        foreach (PassageIndexing.Entry entry in entries.SelectMany(one => one)) passages.Set(entry.Key, entry.Text, entry.Vector);
        return count;
    }

    private void Hold()
    {
        if (_pause is not null) _paused += _pause.Wait(_stop);
    }

    private void Tell(MailColumns columns, MailIndexStage stage, double share, TimeSpan? remaining) =>
        _progress?.Report(new MailIndexProgress(stage, columns.Count, columns.Count - _known, share, Elapsed, remaining));
}
