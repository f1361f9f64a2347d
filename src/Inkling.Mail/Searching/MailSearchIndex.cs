using Inkling.Language;
using Inkling.Text;
using Inkling.Vectors;
using SearchOptions = Inkling.Vectors.SearchOptions;

namespace Inkling.Mail;

/// <summary>
/// A mailbox that can be asked: mails found by the words and by the meaning of their passages, both rankings fused. Opened as it stands; mail that is indexed
/// later is seen by who opens again. Any number of threads.
/// </summary>
/// <example><code>
/// using MailSearchIndex index = MailSearchIndex.Open(folder, SentenceEncoder.Load("models/sentence"));
/// foreach (MailHit hit in index.Search(new MailSearchRequest { Text = "when did we agree to meet" })) found.Add($"{hit.From}: {hit.Snippet}");
/// </code></example>
public sealed class MailSearchIndex : IDisposable
{
    private const int MostTop = 1000;
    private const int Candidates = 200;
    private const int MostCandidates = 1 << 14;
    private const int Aligned = 60;         // mails whose words are compared one by one
    private const double AlignedWeight = 2;

    /// <summary>Mails that may wait for their passages to be merged: they are encoded at every opening.</summary>
    internal const int MostWaiting = 5000;

    private readonly MailSearchFolder _folder;
    private readonly MailLog _log;
    private readonly MailColumns _columns;
    private readonly ITextEncoder _encoder;
    private readonly HybridIndex[] _parts;
    private readonly Lazy<int> _passages;
    private readonly Likeness _likeness;

    private MailSearchIndex(MailSearchFolder folder, MailLog log, MailColumns columns, HybridIndex[] parts, ITextEncoder encoder)
    {
        (_folder, _log, _columns, _parts, _encoder) = (folder, log, columns, parts, encoder);
        _likeness = new Likeness(encoder);
        _passages = new Lazy<int>(() => _parts.Sum(part => part.Count));
    }

    /// <summary>Mails in it.</summary>
    public int Mails => _columns.Count;

    /// <summary>Passages in it.</summary>
    public int Passages => _passages.Value;

    /// <summary>Names of senders and folders that mails have, for choosing from.</summary>
    public IReadOnlyList<string> Folders => [.. Enumerable.Range(0, Mails).Select(mail => _columns[mail].Folder).Distinct().Select(name => _columns.Names[name]).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Opens an index.</summary>
    /// <param name="folder">A folder that <see cref="MailIndexer"/> wrote.</param>
    /// <param name="encoder">The encoder it was made with.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another version, empty, has too many mails that wait for their passages, or was made with another encoder; the message says which.</exception>
    public static MailSearchIndex Open(string folder, ITextEncoder encoder, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(encoder);
        MailSearchFolder files = new(folder);
        files.MustExist();
        MailLog log = MailLog.Open(files.Log);
        try
        {
            (MailColumns columns, HybridIndex? merged) = OpenMerged(files, log, encoder);
            List<HybridIndex> parts = [];
            if (merged is not null) parts.Add(merged);
            if (Waiting(files, log, columns, encoder, cancellation) is { Count: > 0 } waiting) parts.Add(waiting);
            if (columns.Count == 0) throw new InvalidDataException($"The search index {files.Root} has no mails. Run `inkling search index --mail PATH --out {files.Root}`.");
            return new MailSearchIndex(files, log, columns, [.. parts], encoder);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Searches.</summary>
    /// <param name="request">What for.</param>
    /// <returns>The mails, best first. None when nothing has a word of the question or means something like it.</returns>
    /// <exception cref="ArgumentException">There is no word in the question, or a number is out of range.</exception>
    /// <exception cref="InvalidDataException">The index is damaged.</exception>
    public IReadOnlyList<MailHit> Search(MailSearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Top is < 1 or > MostTop) throw new ArgumentException($"Search: {request.Top} mails are wanted. Give 1 to {MostTop}.", nameof(request));
        float[] meaning = new float[_encoder.Dimensions];
        _encoder.Encode(request.Text, meaning);
        List<string> words = QuestionWords.Of(request.Text);
        if (words.Count == 0) throw new ArgumentException("Search: there is no word to look for. Ask something, as in: when do we meet", nameof(request));
        Func<long, bool>? filter = Filter(request);
        int candidates = Math.Max(Candidates, 4 * request.Top);
        List<long> byWords = request.WordWeight > 0 ? OfMails(request.Top, candidates, count => ByWords(string.Join(' ', words), count, filter)) : [];
        List<long> byMeaning = request.MeaningWeight > 0 && meaning.AsSpan().ContainsAnyExcept(0) ? OfMails(request.Top, candidates, count => ByMeaning(meaning, count, filter)) : [];
        // A question of which nobody has ever heard a word means nothing.
        WordAlignment? alignment = _encoder is SentenceEncoder sentences ? new WordAlignment(sentences, string.Join(' ', words)) : null;
        if (byWords.Count == 0 && alignment is { KnownWords: 0 }) return [];
        List<long> wordMails = Mailwise(byWords), meaningMails = Mailwise(byMeaning);
        // Who asks for a number wants that number, which meaning knows nothing of.
        double wordWeight = request.WordWeight * (words.Exists(word => word.Any(char.IsDigit)) ? 2 : 1), most = wordWeight + request.MeaningWeight;
        List<(long Key, double Score)> mails = [.. ReciprocalRankFusion.Fuse([wordMails, meaningMails], [wordWeight, request.MeaningWeight])];
        if (request is { WordWeight: > 0, MeaningWeight: > 0 } && alignment is not null)
        {
            IReadOnlyList<long> aligned = Align(alignment, mails.Take(Math.Max(Aligned, 2 * request.Top)), Best);
            mails = [.. ReciprocalRankFusion.Fuse([wordMails, meaningMails, aligned], [wordWeight, request.MeaningWeight, AlignedWeight])];
            most += AlignedWeight;
        }

        SnippetMaker snippets = new(_encoder, request.Text, meaning);
        return [.. mails.Take(request.Top).Select(one =>
            Hit(Best(one.Key), one.Score * (ReciprocalRankFusion.DefaultConstant + 1) / most, wordMails.IndexOf(one.Key) + 1, meaningMails.IndexOf(one.Key) + 1, snippets))];

        // The passage of a mail that was found by what found the mail first.
        long Best(long mail)
        {
            int word = wordMails.IndexOf(mail) + 1, like = meaningMails.IndexOf(mail) + 1;
            return (word > 0 && (word <= like || like == 0) ? byWords : byMeaning).Find(found => PassageIndexing.MailOf(found) == mail);
        }
    }

    /// <summary>The mails of a thread, oldest first.</summary>
    /// <param name="number">Number of one of its mails.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mail.</exception>
    public IReadOnlyList<MailThreadMail> Thread(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Mails);
        return [.. _columns.Thread(number).OrderBy(mail => _columns[mail].Date).ThenBy(mail => mail).Take(MostTop).Select(mail =>
        {
            ArchivedMail kept = _log.ReadAt(_columns[mail].Offset);
            return new MailThreadMail(mail, _columns.Names[_columns[mail].From], kept.Date, kept.Subject, kept.Text, kept.Own);
        })];
    }

    /// <summary>
    /// Sentences that the user sent in a like situation: of the own passages nearest in meaning to the draft, each with the mail it is from.
    /// </summary>
    /// <param name="draft">What is being written, up to the caret; its end counts most.</param>
    /// <param name="context">Subject and message being answered, as far as there are any.</param>
    /// <param name="top">How many, 1 to 20.</param>
    public IReadOnlyList<OwnSentence> OwnSentences(string draft, string context, int top)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(context);
        if (top is < 1 or > 20) throw new ArgumentOutOfRangeException(nameof(top), top, "OwnSentences: give 1 to 20.");
        return new OwnSentenceSearch(_encoder, _likeness, _columns, _log).Find(draft, context, top, (meaning, count) => ByMeaning(meaning, count, key => _columns[PassageIndexing.MailOf(key)].Own == 1));
    }

    /// <summary>Reads all of the index and compares it with its checksums.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="InvalidDataException">Something is damaged; the message says what, and what to do.</exception>
    public long Verify(CancellationToken cancellation = default)
    {
        // A record cut short at the end is one that is being written, or that a killed run left: nothing is lost with it.
        HashSet<long> whole = [];
        foreach ((_, long offset, _) in _log.Read(0))
        {
            cancellation.ThrowIfCancellationRequested();
            whole.Add(offset);
        }

        long[] lost = [.. Enumerable.Range(0, Mails).Select(mail => _columns[mail].Offset).Where(offset => !whole.Contains(offset))];
        if (lost.Length > 0) throw new InvalidDataException($"{_folder.Log} is damaged at byte {lost[0]}: {Mails - lost.Length} of {Mails} mails are whole. Remove {_folder.Columns}, nothing else, and run `inkling search index` again: whole mails are kept, and the others read again if they are still in the mailbox.");
        if (File.Exists(_folder.Columns)) MailColumns.Read(_folder.Columns);
        foreach (HybridIndex part in _parts) part.Verify();
        return Directory.EnumerateFiles(_folder.Root).Sum(file => new FileInfo(file).Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"MailSearchIndex({Mails} mails, {Passages} passages)";

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
            columns.Add(mail, offset);
        }

        int count = columns.Count - columns.Indexed;
        if (count > MostWaiting) throw new InvalidDataException($"In the search index {files.Root} {count} mails wait to be indexed, more than {MostWaiting}: the run that read them was ended early. Run `inkling search index` on it again; it goes on where it was.");
        for (int number = columns.Indexed; number < columns.Count; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (PassageIndexing.Entry entry in PassageIndexing.Entries(number, log.ReadAt(columns[number].Offset), encoder)) waiting.Add(entry.Key, entry.Text, entry.Vector);
        }

        return waiting;
    }

    // One long mail may fill all places with its passages.
    private static List<long> OfMails(int top, int candidates, Func<int, List<long>> search)
    {
        while (true)
        {
            List<long> found = search(candidates);
            if (found.Count < candidates || candidates >= MostCandidates || found.Select(PassageIndexing.MailOf).Distinct().Count() >= top) return found;
            candidates = Math.Min(2 * candidates, MostCandidates);
        }
    }

    // What a word is worth differs from part to part, so scores of two parts do not compare: the first of each are best.
    private List<long> ByWords(string words, int count, Func<long, bool>? filter) =>
        [.. _parts.SelectMany(part => part.Texts.Search(words, count, filter).Select((hit, rank) => (hit.Key, hit.Score, Rank: rank)))
            .OrderBy(hit => hit.Rank).ThenByDescending(hit => hit.Score).ThenBy(hit => hit.Key).Take(count).Select(hit => hit.Key)];

    private List<long> ByMeaning(float[] meaning, int count, Func<long, bool>? filter) =>
        [.. _parts.SelectMany(part => part.Vectors.Search(meaning, count, new SearchOptions { Filter = filter }))
            .OrderBy(hit => hit.Distance).ThenBy(hit => hit.Key).Take(count).Select(hit => hit.Key)];

    /// <summary>Mails in the order in which their passages meet the words of the question, one by one.</summary>
    private List<long> Align(WordAlignment question, IEnumerable<(long Key, double Score)> mails, Func<long, long> passageOf) => [.. mails.Select(one =>
    {
        ArchivedMail mail = _log.ReadAt(_columns[(int)one.Key].Offset);
        List<Range> passages = MailPassages.Split(mail.Text);
        int passage = PassageIndexing.PassageOf(passageOf(one.Key));
        string text = passage < passages.Count ? mail.Text[passages[passage]] : "";
        return (one.Key, Fit: question.Fit($"{mail.Subject} {PassageIndexing.SenderWords(mail)} {text}"));
    }).OrderByDescending(one => one.Fit).ThenBy(one => one.Key).Select(one => one.Key)];

    private static List<long> Mailwise(List<long> passages) => [.. passages.Select(key => (long)PassageIndexing.MailOf(key)).Distinct()];

    private Func<long, bool>? Filter(MailSearchRequest request)
    {
        if (request is { From: null or "", Folder: null or "", After: null, Before: null, OwnOnly: false }) return null;
        bool[] from = Chosen(request.From), folder = Chosen(request.Folder);
        long after = request.After?.UtcTicks ?? long.MinValue, before = request.Before?.UtcTicks ?? long.MaxValue;
        bool dated = request.After is not null || request.Before is not null;
        return key =>
        {
            MailColumns.Row row = _columns[PassageIndexing.MailOf(key)];
            return from[row.From] && folder[row.Folder] && row.Date >= after && row.Date < before && (!dated || row.Date != long.MinValue) && (!request.OwnOnly || row.Own != 0);
        };
    }

    private bool[] Chosen(string? part) => [.. _columns.Names.Select(name => string.IsNullOrWhiteSpace(part) || name.Contains(part.Trim(), StringComparison.OrdinalIgnoreCase))];

    private MailHit Hit(long key, double score, int word, int like, SnippetMaker snippets)
    {
        int number = PassageIndexing.MailOf(key);
        MailColumns.Row row = _columns[number];
        ArchivedMail mail = _log.ReadAt(row.Offset);
        List<Range> passages = MailPassages.Split(mail.Text);
        int passage = PassageIndexing.PassageOf(key);
        (string snippet, IReadOnlyList<Range> highlights) = passage < passages.Count ? snippets.Make(mail.Text, passages[passage]) : ("", []);
        return new MailHit
        {
            Id = MailArchive.ShownId(mail.Id), Score = Math.Round(score, 4), From = _columns.Names[row.From], Date = mail.Date, Subject = mail.Subject, Folder = mail.Folder, Own = mail.Own,
            Snippet = snippet, Highlights = highlights, Number = number, WordRank = word, MeaningRank = like,
        };
    }
}
