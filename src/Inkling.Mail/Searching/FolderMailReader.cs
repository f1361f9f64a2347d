using Inkling.Language;
using Inkling.Vectors;
using SearchOptions = Inkling.Vectors.SearchOptions;

namespace Inkling.Mail;

/// <summary>
/// A mailbox in a folder, opened as it stands: the file of passages and, beside it, those of mails that wait to be merged; mail that is indexed later is seen by
/// who opens again.
/// </summary>
internal sealed class FolderMailReader : IMailIndexReader
{
    private readonly MailSearchFolder _folder;
    private readonly MailLog _log;
    private readonly MailColumns _columns;
    private readonly HybridIndex[] _parts;
    private readonly Lazy<int> _passages;

    private FolderMailReader(MailSearchFolder folder, MailLog log, MailColumns columns, HybridIndex[] parts)
    {
        (_folder, _log, _columns, _parts) = (folder, log, columns, parts);
        _passages = new Lazy<int>(() => _parts.Sum(part => part.Count));
    }

    public int Mails => _columns.Live;

    public int Passages => _passages.Value;

    /// <summary>Opens a folder that <see cref="FolderMailWriter"/> wrote; see <see cref="MailSearchIndex.Open(string, ITextEncoder, CancellationToken)"/>.</summary>
    public static FolderMailReader Open(MailSearchFolder files, ITextEncoder encoder, CancellationToken cancellation)
    {
        files.MustExist();
        MailLog log = MailLog.Open(files.Log);
        try
        {
            (MailColumns columns, HybridIndex? merged) = OpenMerged(files, log, encoder);
            List<HybridIndex> parts = [];
            if (merged is not null) parts.Add(merged);
            if (Waiting(files, log, columns, encoder, cancellation) is { Count: > 0 } waiting) parts.Add(waiting);
            if (columns.Live == 0) throw new InvalidDataException($"The search index {files.Root} has no mails. Run `inkling search index --mail PATH --out {files.Root}`.");
            return new FolderMailReader(files, log, columns, [.. parts]);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    // What a word is worth differs from part to part, so scores of two parts do not compare: the first of each are best.
    public List<long> ByWords(string words, int count, MailFilter filter)
    {
        Func<long, bool>? passes = Passes(filter);
        return [.. _parts.SelectMany(part => part.Texts.Search(words, count, passes).Select((hit, rank) => (hit.Key, hit.Score, Rank: rank)))
            .OrderBy(hit => hit.Rank).ThenByDescending(hit => hit.Score).ThenBy(hit => hit.Key).Take(count).Select(hit => hit.Key)];
    }

    public List<long> ByMeaning(float[] meaning, int count, MailFilter filter)
    {
        Func<long, bool>? passes = Passes(filter);
        return [.. _parts.SelectMany(part => part.Vectors.Search(meaning, count, new SearchOptions { Filter = passes }))
            .OrderBy(hit => hit.Distance).ThenBy(hit => hit.Key).Take(count).Select(hit => hit.Key)];
    }

    public Dictionary<int, ArchivedMail> Read(IEnumerable<int> numbers) => Kept(numbers.Distinct()).ToDictionary(one => one.Number, one => one.Mail);

    public IReadOnlyList<(int Number, ArchivedMail Mail)> Thread(int number, int most)
    {
        if ((uint)number >= (uint)_columns.Count) return [];
        return [.. Kept(_columns.Thread(number).OrderBy(mail => _columns[mail].Date).ThenBy(mail => mail).Take(most))];
    }

    // Another run may have erased some since this was opened.
    private IEnumerable<(int Number, ArchivedMail Mail)> Kept(IEnumerable<int> numbers) =>
        numbers.Where(_columns.IsThere).Select(number => (number, _log.ReadAt(_columns[number].Offset))).Where(one => !one.Item2.Erased);

    public long Verify(CancellationToken cancellation)
    {
        // A record cut short at the end is one that is being written, or that a killed run left: nothing is lost with it.
        HashSet<long> whole = [];
        foreach ((_, long offset, _) in _log.Read(0))
        {
            cancellation.ThrowIfCancellationRequested();
            whole.Add(offset);
        }

        long[] lost = [.. Enumerable.Range(0, _columns.Count).Where(_columns.IsThere).Select(mail => _columns[mail].Offset).Where(offset => !whole.Contains(offset))];
        if (lost.Length > 0) throw new InvalidDataException($"{_folder.Log} is damaged at byte {lost[0]}: {Mails - lost.Length} of {Mails} mails are whole. Remove {_folder.Columns}, nothing else, and run `inkling search index` again: whole mails are kept, and the others read again if they are still in the mailbox.");
        if (File.Exists(_folder.Columns)) MailColumns.Read(_folder.Columns);
        foreach (HybridIndex part in _parts) part.Verify();
        return Directory.EnumerateFiles(_folder.Root).Sum(file => new FileInfo(file).Length);
    }

    public void Dispose() => _log.Dispose();

    private Func<long, bool>? Passes(MailFilter filter)
    {
        if (filter.IsEmpty) return _columns.Live == _columns.Count ? null : key => _columns.IsThere(PassageIndexing.MailOf(key));
        bool[] from = Chosen(filter.Author), folder = Chosen(filter.Folder);
        long after = filter.After?.UtcTicks ?? long.MinValue, before = filter.Before?.UtcTicks ?? long.MaxValue;
        bool dated = filter.After is not null || filter.Before is not null;
        return key =>
        {
            MailColumns.Row row = _columns[PassageIndexing.MailOf(key)];
            return row.Offset >= 0 && from[row.From] && folder[row.Folder] && row.Date >= after && row.Date < before && (!dated || row.Date != long.MinValue)
                && (!filter.Own || row.Own != 0) && (!filter.OwnWords || row.Own == 1);
        };
    }

    private bool[] Chosen(string part) => [.. _columns.Names.Select(name => name.Contains(part, StringComparison.OrdinalIgnoreCase))];

    // Another run may replace the passages between the reading of the columns and theirs.
    private static (MailColumns Columns, HybridIndex? Merged) OpenMerged(MailSearchFolder files, MailLog log, ITextEncoder encoder)
    {
        for (int attempt = 1; ; attempt++)
        {
            MailColumns columns = File.Exists(files.Columns) ? MailColumns.Read(files.Columns) : new MailColumns { Encoder = encoder.Name };
            if (columns.Encoder != encoder.Name) throw new InvalidDataException($"The search index {files.Root} was made with the encoder “{columns.Encoder}”, not “{encoder.Name}”. Run `inkling search index` on it again: its mails are kept, its vectors made anew.");
            if (columns.LogEnd > log.Length) throw new InvalidDataException($"{files.Log} is cut short: {log.Length} bytes of {columns.LogEnd}. Run `inkling search index` on it again.");
            if (columns.Indexed == 0) return (columns, null);
            try
            {
                return (columns, OpenPassages(files, columns));
            }
            catch (InvalidDataException error) when (attempt < 3 && error.InnerException is FileNotFoundException)
            {
                // The columns name others by now.
            }
        }
    }

    private static HybridIndex OpenPassages(MailSearchFolder files, MailColumns columns)
    {
        try
        {
            return HybridIndex.Open(files.Passages(columns.Generation));
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{error.Message.TrimEnd('.')}. Run `inkling search index` on {files.Root} again: its mails are kept, the rest is made anew.", error);
        }
    }

    // Mail that was written to the log and not yet merged.
    private static HybridIndex Waiting(MailSearchFolder files, MailLog log, MailColumns columns, ITextEncoder encoder, CancellationToken cancellation)
    {
        HybridIndex waiting = PassageIndexing.Create(encoder.Dimensions);
        foreach ((ArchivedMail mail, long offset, _) in log.Read(columns.LogEnd))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!mail.Erased) columns.Add(mail, offset);
        }

        int count = columns.Count - columns.Indexed;
        if (count > MailSearchIndex.MostWaiting) throw new InvalidDataException($"In the search index {files.Root} {count} mails wait to be indexed, more than {MailSearchIndex.MostWaiting}: the run that read them was ended early. Run `inkling search index` on it again; it goes on where it was.");
        for (int number = columns.Indexed; number < columns.Count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!columns.IsThere(number) || log.ReadAt(columns[number].Offset) is not { Erased: false } mail) continue;
            foreach (PassageIndexing.Entry entry in PassageIndexing.Entries(number, mail, encoder)) waiting.Add(entry.Key, entry.Text, entry.Vector);
        }

        return waiting;
    }
}
