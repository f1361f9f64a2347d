using Inkling.Language;
using Inkling.Vectors;

namespace Inkling.Mail;

/// <summary>
/// A mailbox that can be asked: mails found by the words and by the meaning of their passages, both rankings fused. A folder is opened as it stands: mail that is
/// indexed later is seen by who opens again. Any number of threads.
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

    private readonly IMailIndexReader _reader;
    private readonly ITextEncoder _encoder;
    private readonly Likeness _likeness;

    private MailSearchIndex(IMailIndexReader reader, ITextEncoder encoder) => (_reader, _encoder, _likeness) = (reader, encoder, new Likeness(encoder));

    /// <summary>Mails that can be found.</summary>
    public int Mails => _reader.Mails;

    /// <summary>Their passages.</summary>
    public int Passages => _reader.Passages;

    /// <summary>Opens an index.</summary>
    /// <param name="folder">A folder that <see cref="MailIndexer"/> wrote.</param>
    /// <param name="encoder">The encoder it was made with.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another version, empty, has too many mails that wait for their passages, or was made with another encoder; the message says which.</exception>
    public static MailSearchIndex Open(string folder, ITextEncoder encoder, CancellationToken cancellation = default) => Open(MailStorage.InFolder(folder), encoder, cancellation);

    /// <summary>Opens an index, wherever it is.</summary>
    /// <param name="storage">Where <see cref="MailIndexer"/> wrote it.</param>
    /// <param name="encoder">The encoder it was made with.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">There is none, or it cannot be reached.</exception>
    /// <exception cref="InvalidDataException">It is damaged, of another version, empty, or was made with another encoder; the message says which.</exception>
    public static MailSearchIndex Open(MailStorage storage, ITextEncoder encoder, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(encoder);
        return new MailSearchIndex(storage.OpenToRead(encoder, cancellation), encoder);
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
        MailFilter filter = MailFilter.Of(request);
        int candidates = Math.Max(Candidates, 4 * request.Top);
        List<long> byWords = request.WordWeight > 0 ? OfMails(request.Top, candidates, count => _reader.ByWords(string.Join(' ', words), count, filter)) : [];
        List<long> byMeaning = request.MeaningWeight > 0 && meaning.AsSpan().ContainsAnyExcept(0) ? OfMails(request.Top, candidates, count => _reader.ByMeaning(meaning, count, filter)) : [];
        // A question of which nobody has ever heard a word means nothing.
        WordAlignment? alignment = _encoder is SentenceEncoder sentences ? new WordAlignment(sentences, string.Join(' ', words)) : null;
        if (byWords.Count == 0 && alignment is { KnownWords: 0 }) return [];
        List<long> wordMails = Mailwise(byWords), meaningMails = Mailwise(byMeaning);
        // Who asks for a number wants that number, which meaning knows nothing of.
        double wordWeight = request.WordWeight * (words.Exists(word => word.Any(char.IsDigit)) ? 2 : 1), most = wordWeight + request.MeaningWeight;
        Dictionary<int, ArchivedMail> read = [];
        List<(long Key, double Score)> mails = [.. ReciprocalRankFusion.Fuse([wordMails, meaningMails], [wordWeight, request.MeaningWeight])];
        if (request is { WordWeight: > 0, MeaningWeight: > 0 } && alignment is not null)
        {
            long[] first = [.. mails.Take(Math.Max(Aligned, 2 * request.Top)).Select(one => one.Key)];
            Load(first);
            IReadOnlyList<long> aligned = Align(alignment, first, read, Best);
            mails = [.. ReciprocalRankFusion.Fuse([wordMails, meaningMails, aligned], [wordWeight, request.MeaningWeight, AlignedWeight])];
            most += AlignedWeight;
        }

        SnippetMaker snippets = new(_encoder, request.Text, meaning);
        mails = mails[..Math.Min(mails.Count, request.Top)];
        Load(mails.Select(one => one.Key));
        return [.. mails.Where(one => read.ContainsKey((int)one.Key)).Select(one =>
            Hit(read[(int)one.Key], Best(one.Key), one.Score * (ReciprocalRankFusion.DefaultConstant + 1) / most, wordMails.IndexOf(one.Key) + 1, meaningMails.IndexOf(one.Key) + 1, snippets))];

        // The passage of a mail that was found by what found the mail first.
        long Best(long mail)
        {
            int word = wordMails.IndexOf(mail) + 1, like = meaningMails.IndexOf(mail) + 1;
            return (word > 0 && (word <= like || like == 0) ? byWords : byMeaning).Find(found => PassageIndexing.MailOf(found) == mail);
        }

        void Load(IEnumerable<long> numbers)
        {
            foreach ((int number, ArchivedMail mail) in _reader.Read(numbers.Select(number => (int)number).Where(number => !read.ContainsKey(number)))) read.Add(number, mail);
        }
    }

    /// <summary>The mails of a thread, oldest first.</summary>
    /// <param name="number">Number of one of its mails.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mail.</exception>
    public IReadOnlyList<MailThreadMail> Thread(int number)
    {
        IReadOnlyList<(int Number, ArchivedMail Mail)> thread = _reader.Thread(number, MostTop);
        if (thread.Count == 0) throw new ArgumentOutOfRangeException(nameof(number), number, "Thread: there is no mail of this number. Take it from a hit of this index.");
        return [.. thread.Select(one => new MailThreadMail(one.Number, one.Mail.Author, one.Mail.Date, one.Mail.Subject, one.Mail.Text, one.Mail.Own))];
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
        return new OwnSentenceSearch(_encoder, _likeness, _reader).Find(draft, context, top);
    }

    /// <summary>Reads all of the index and compares it with its checksums.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="InvalidDataException">Something is damaged; the message says what, and what to do.</exception>
    public long Verify(CancellationToken cancellation = default) => _reader.Verify(cancellation);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"MailSearchIndex({Mails} mails, {Passages} passages)";

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

    /// <summary>Mails in the order in which their passages meet the words of the question, one by one.</summary>
    private static List<long> Align(WordAlignment question, IEnumerable<long> mails, Dictionary<int, ArchivedMail> read, Func<long, long> passageOf) => [.. mails.Where(one => read.ContainsKey((int)one)).Select(one =>
    {
        ArchivedMail mail = read[(int)one];
        List<Range> passages = MailPassages.Split(mail.Text);
        int passage = PassageIndexing.PassageOf(passageOf(one));
        string text = passage < passages.Count ? mail.Text[passages[passage]] : "";
        return (Key: one, Fit: question.Fit($"{mail.Subject} {PassageIndexing.SenderWords(mail)} {text}"));
    }).OrderByDescending(one => one.Fit).ThenBy(one => one.Key).Select(one => one.Key)];

    private static List<long> Mailwise(List<long> passages) => [.. passages.Select(key => (long)PassageIndexing.MailOf(key)).Distinct()];

    private static MailHit Hit(ArchivedMail mail, long key, double score, int word, int like, SnippetMaker snippets)
    {
        List<Range> passages = MailPassages.Split(mail.Text);
        int passage = PassageIndexing.PassageOf(key);
        (string snippet, IReadOnlyList<Range> highlights) = passage < passages.Count ? snippets.Make(mail.Text, passages[passage]) : ("", []);
        return new MailHit
        {
            Id = MailArchive.ShownId(mail.Id), Score = Math.Round(score, 4), From = mail.Author, Date = mail.Date, Subject = mail.Subject, Folder = mail.Folder, Own = mail.Own,
            Snippet = snippet, Highlights = highlights, Number = PassageIndexing.MailOf(key), WordRank = word, MeaningRank = like,
        };
    }
}
