using System.Diagnostics;
using Inkling.Language;
using Inkling.Vectors;

namespace Inkling.Mail;

/// <summary>
/// Writes a mailbox into a folder: mails into the log at once, their passages merged when enough wait for it. Whoever is killed loses nothing that was written:
/// the next run goes on.
/// </summary>
internal sealed class FolderMailWriter : IMailIndexWriter
{
    private const int Batch = 256;
    private const int KeptMails = 4096;
    private static readonly TimeSpan s_toDisk = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_toKeep = TimeSpan.FromSeconds(30);

    private readonly MailSearchFolder _folder;
    private readonly ITextEncoder _encoder;
    private readonly int _waiting;
    private readonly MailIndexRun _run;
    private readonly FileStream _only;
    private readonly MailLog _log;
    private long _synced = Stopwatch.GetTimestamp(), _kept = Stopwatch.GetTimestamp();

    public FolderMailWriter(MailSearchFolder folder, ITextEncoder encoder, int waiting, MailIndexRun run)
    {
        (_folder, _encoder, _waiting, _run) = (folder, encoder, waiting, run);
        _folder.Make();
        _only = Lock();
        try
        {
            _log = MailLog.OpenToWrite(_folder.Log);
            Columns = Load(_log);
            Seen = LoadSeen();
        }
        catch
        {
            _log?.Dispose();
            _only.Dispose();
            throw;
        }
    }

    public MailColumns Columns { get; }

    public SeenFiles Seen { get; }

    public void Add(IReadOnlyList<ArchivedMail> mails)
    {
        foreach (ArchivedMail mail in mails)
        {
            long before = Columns.Find(mail) is >= 0 and int known ? Columns[known].Offset : -1;
            switch (Columns.Add(mail, _log.End))
            {
                case MailAdding.New: _log.Append(mail); break;
                case MailAdding.FoundToBeOwn: Replace(before, mail); break;
            }
        }

        bool due = Stopwatch.GetElapsedTime(_synced) > s_toDisk;
        if (due) _synced = Stopwatch.GetTimestamp();
        _log.Flush(toDisk: due);
        Columns.LogEnd = _log.End;
        if (Stopwatch.GetElapsedTime(_kept) <= s_toKeep) return;
        Keep();
        _kept = Stopwatch.GetTimestamp();
    }

    public void Keep()
    {
        _log.Flush(toDisk: true);
        if (Columns.Count == 0) return;
        Columns.Save(_folder.Columns);
        if (Seen.Changed.Count > 0) Seen.Save(_folder.Seen);
    }

    // The log first: what it has not cannot come back when the rest is made again.
    public void Remove(IReadOnlyList<int> mails)
    {
        _log.Flush(toDisk: false);
        foreach (int mail in mails) _log.Erase(Columns[mail].Offset);
        Columns.Remove(mails);
    }

    /// <summary>Brings the passages of waiting mails into the file of passages, if they are many.</summary>
    public int Merge()
    {
        HybridIndex passages = Columns.Indexed > 0 ? Opened() : PassageIndexing.Create(_encoder.Dimensions);
        int waiting = Columns.Count - Columns.Indexed;
        List<int> gone = Columns.Leftovers(Columns.Indexed);
        if (Math.Max(waiting, gone.Count) > Math.Min(_waiting, MailSearchIndex.MostWaiting) || (Columns.Indexed == 0 && waiting > 0))
        {
            foreach (int mail in gone) RemovePassages(passages, mail);
            Add(passages);
            if (gone.Count > 0 && waiting == 0) Save(passages, Columns.Indexed);
        }

        _folder.Tidy(Columns.Generation);
        return passages.Count;
    }

    // The columns name the passages: with them the new ones count.
    private void Keep(HybridIndex passages, int mails)
    {
        if (mails > Columns.Indexed) Save(passages, mails);
    }

    private void Save(HybridIndex passages, int mails)
    {
        passages.Save(_folder.Passages(Columns.Generation + 1));
        Columns.Generation++;
        Columns.Indexed = mails;
        Columns.Save(_folder.Columns);
        _folder.Tidy(Columns.Generation);
    }

    private void RemovePassages(HybridIndex passages, int mail)
    {
        // One without a word has no entry.
        const int MostMissing = 8;
        for (int passage = 0, missing = 0; passage < MailPassages.Most && missing < MostMissing; passage++) missing = passages.Remove(((long)mail << PassageIndexing.PassageBits) | (uint)passage) ? 0 : missing + 1;
        Columns.Clear(mail);
    }

    // The passages stay those of the text that they were made of. The new record is on the disk before the old one is erased: one of them is always there.
    private void Replace(long before, ArchivedMail mail)
    {
        _log.Flush(toDisk: false);
        ArchivedMail? known = before >= 0 ? _log.TryReadAt(before) : null;
        _log.Append(known is null ? mail : mail with { Text = known.Text, Subject = known.Subject });
        _log.Flush(toDisk: true);
        if (known is not null) _log.Erase(before);
    }

    private SeenFiles LoadSeen()
    {
        try
        {
            return File.Exists(_folder.Seen) ? SeenFiles.Read(_folder.Seen) : new SeenFiles();
        }
        catch (InvalidDataException error)
        {
            _run.Report.Warn($"{error.Message} All files are read again, and mail that was deleted before stays in the index.");
            return new SeenFiles();
        }
    }

    private HybridIndex Opened()
    {
        try
        {
            HybridIndex opened = HybridIndex.Open(_folder.Passages(Columns.Generation));
            opened.Verify();
            return opened;
        }
        catch (InvalidDataException error)
        {
            _run.Report.Warn($"{error.Message} They are made again of the mails.");
            Columns.Indexed = 0;
            return PassageIndexing.Create(_encoder.Dimensions);
        }
    }

    private void Add(HybridIndex passages)
    {
        int first = Columns.Indexed, done = first;
        TimeSpan began = _run.Elapsed, saving = TimeSpan.Zero;
        long kept = Stopwatch.GetTimestamp();
        try
        {
            while (done < Columns.Count)
            {
                _run.Stop.ThrowIfCancellationRequested();
                done += AddBatch(passages, done);
                double share = (done - first) / (double)(Columns.Count - first);
                _run.Tell(Columns.Live, MailIndexStage.Indexing, share, (_run.Elapsed - began) * ((1 - share) / share));
                _run.Hold();
                // All passages are written each time: that must not become most of the work.
                TimeSpan since = Stopwatch.GetElapsedTime(kept);
                if ((done - Columns.Indexed < KeptMails && since < s_toKeep) || since < 10 * saving) continue;
                long started = Stopwatch.GetTimestamp();
                Keep(passages, done);
                (kept, saving) = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(started));
            }
        }
        catch (OperationCanceledException)
        {
            Keep(passages, done);
            throw;
        }

        Keep(passages, done);
    }

    private int AddBatch(HybridIndex passages, int from)
    {
        int count = Math.Min(Batch, Columns.Count - from);
        List<PassageIndexing.Entry>[] entries = new List<PassageIndexing.Entry>[count];
        Parallel.For(0, count, i =>
        {
            if (!Columns.IsThere(from + i))
            {
                entries[i] = [];
                return;
            }

            ArchivedMail? mail = _log.TryReadAt(Columns[from + i].Offset);
            if (mail is null) _run.Report.Warn($"{_folder.Log} is damaged at byte {Columns[from + i].Offset}: that mail is passed over.");
            entries[i] = mail is null ? [] : PassageIndexing.Entries(from + i, mail, _encoder);
        });
        foreach (PassageIndexing.Entry entry in entries.SelectMany(one => one)) passages.Set(entry.Key, entry.Text, entry.Vector);
        return count;
    }

    public void Dispose()
    {
        _log.Dispose();
        _only.Dispose();
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
            _run.Report.Warn($"{error.Message} They are made again of the mails.");
        }

        if (columns.LogEnd > log.Length) columns = new MailColumns();
        if (columns.Encoder != _encoder.Name || (columns.Indexed > 0 && !File.Exists(_folder.Passages(columns.Generation)))) columns.Indexed = 0;
        long end = Math.Max(columns.LogEnd, 8);
        columns.Encoder = _encoder.Name;
        foreach ((ArchivedMail mail, long offset, long next) in log.Read(columns.LogEnd, (from, to) => _run.Report.Warn($"{_folder.Log} is damaged between bytes {from} and {to}: what was there is passed over.")))
        {
            // A run that was killed while it replaced a record left the old one.
            if (!mail.Erased)
            {
                int known = columns.Find(mail);
                long before = known >= 0 ? columns[known].Offset : -1;
                if (columns.Add(mail, offset) == MailAdding.FoundToBeOwn) log.Erase(before);
            }

            end = next;
        }

        log.CutAt(end);
        columns.LogEnd = end;
        return columns;
    }
}
