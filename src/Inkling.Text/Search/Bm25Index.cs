using System.Buffers;
using Inkling.Numerics;

namespace Inkling.Text;

#pragma warning disable CA1001 // The lock is left to the collector: it holds no handle unless somebody waits, and an index has nothing else to dispose of.
/// <summary>
/// Texts under keys, found by their words: Okapi BM25 (Robertson, Zaragoza 2009, §3.4). Searches may run on any number of threads; changes wait for them and they
/// for changes.
/// </summary>
/// <remarks>
/// <para>
/// The score of a document is <c>Σ idf(t) · f (K1 + 1) / (f + K1 (1 − B + B · length / mean length))</c> over the terms t of the query, repeated ones each
/// time, with f how often the document has t, and <c>idf(t) = ln(1 + (N − n + ½) / (n + ½))</c> for N documents of which n have t; so it is never negative.
/// </para>
/// <para>Removed documents count in n until they are reclaimed, which happens when they are a quarter of all.</para>
/// </remarks>
public sealed partial class Bm25Index
#pragma warning restore CA1001
{
    private const int MostHits = 1_000_000;
    private const int LeastToReclaim = 256;

    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);
    private readonly ITextAnalyzer _analyzer;
    private PostingsInMemory? _memory = new();
    private PostingsFile? _mapped;
    private int _live;
    private long _totalLength;

    /// <summary>Begins an empty index.</summary>
    /// <param name="options">The constants; null for the usual ones.</param>
    /// <param name="analyzer">What makes terms of texts; null for <see cref="WordAnalyzer"/>.</param>
    /// <exception cref="ArgumentException">The constants are out of range, or the analyzer's name is empty or too long.</exception>
    public Bm25Index(Bm25Options? options = null, ITextAnalyzer? analyzer = null)
    {
        Options = options ?? new Bm25Options();
        Options.Check(nameof(Bm25Index));
        _analyzer = analyzer ?? WordAnalyzer.Default;
        if (_analyzer.Name is not { Length: > 0 and <= LongestName })
            throw new ArgumentException($"{nameof(Bm25Index)}: the analyzer is called “{_analyzer.Name}”. Give it a name of 1 to {LongestName} characters.");
    }

    /// <summary>The constants.</summary>
    public Bm25Options Options { get; }

    /// <summary>Texts in it.</summary>
    public int Count => Volatile.Read(ref _live);

    /// <summary>Adds a text.</summary>
    /// <param name="key">A key that is not in the index.</param>
    /// <param name="text">Any text; one without a term is there and never found.</param>
    /// <exception cref="ArgumentException">The key is there already.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public void Add(long key, string text) => Put("Add", key, text, replace: false);

    /// <summary>Adds a text or replaces the one of this key.</summary>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public void Set(long key, string text) => Put("Set", key, text, replace: true);

    /// <summary>Removes the text of a key.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public bool Remove(long key)
    {
        _lock.EnterWriteLock();
        try
        {
            PostingsInMemory memory = Changeable();
            bool removed = memory.Remove(key);
            TakeCounts(memory);
            if (memory.Documents - memory.Live >= int.Max(LeastToReclaim, memory.Documents / 4))
                _memory = memory.Reclaim();
            return removed;
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>Whether there is a text under a key.</summary>
    public bool Contains(long key)
    {
        _lock.EnterReadLock();
        try
        {
            if (_memory is { } memory)
                return memory.Contains(key);
            for (int document = 0; document < _mapped!.Documents; document++)
            {
                if (_mapped.Key(document) == key && _mapped.Length(document) >= 0)
                    return true;
            }

            return false;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The texts that fit a query best, best first; of equal ones the earlier added first.</summary>
    /// <param name="query">Words to look for; a text fits if it has one of them.</param>
    /// <param name="k">How many, 1 to 1,000,000; fewer are found where fewer fit.</param>
    /// <param name="filter">Which keys may be found; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is out of range.</exception>
    /// <exception cref="InvalidDataException">The index was opened from a file that is damaged.</exception>
    public TextHit[] Search(string query, int k, Func<long, bool>? filter = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (k is < 1 or > MostHits)
            throw new ArgumentOutOfRangeException(nameof(k), $"Search: {k} hits are wanted. Give 1 to {MostHits}.");
        List<string> terms = [];
        _analyzer.Analyze(query, terms);
        _lock.EnterReadLock();
        float[]? scores = null;
        try
        {
            ITermPostings postings = (ITermPostings?)_memory ?? _mapped!;
            scores = ArrayPool<float>.Shared.Rent(int.Max(1, postings.Documents));
            scores.AsSpan(0, postings.Documents).Clear();
            foreach (IGrouping<string, string> term in terms.GroupBy(term => term, StringComparer.Ordinal))
                AddScores(postings, term.Key, term.Count(), scores);
            return Best(postings, scores.AsSpan(0, postings.Documents), k, filter);
        }
        finally
        {
            _lock.ExitReadLock();
            if (scores is not null)
                ArrayPool<float>.Shared.Return(scores);
        }
    }

    private void AddScores(ITermPostings postings, string term, int times, float[] scores)
    {
        postings.Find(term, out ReadOnlySpan<int> documents, out ReadOnlySpan<int> counts);
        double n = int.Min(documents.Length, _live);
        float idf = times * (float)Math.Log(1 + ((_live - n + 0.5) / (n + 0.5)));
        float mean = float.Max(1, _totalLength / (float)int.Max(1, _live)), k1 = Options.K1, b = Options.B;
        for (int i = 0; i < documents.Length; i++)
        {
            float f = counts[i], length = postings.Length(documents[i]);
            if (length >= 0)
                scores[documents[i]] += idf * f * (k1 + 1) / (f + (k1 * (1 - b + (b * length / mean))));
        }

        GC.KeepAlive(postings);
    }

    private static TextHit[] Best(ITermPostings postings, ReadOnlySpan<float> scores, int k, Func<long, bool>? filter)
    {
        // The worst of those kept is on top: the lowest score, and of equal ones the latest document.
        PriorityQueue<int, (float Score, int Latest)> kept = new();
        for (int document = 0; document < scores.Length; document++)
        {
            float score = scores[document];
            if (!(score > 0) || (kept.Count == k && score <= scores[kept.Peek()]) || (filter is not null && !filter(postings.Key(document))))
                continue;
            if (kept.Count == k)
                kept.DequeueEnqueue(document, (score, -document));
            else
                kept.Enqueue(document, (score, -document));
        }

        TextHit[] hits = new TextHit[kept.Count];
        while (kept.TryDequeue(out int document, out _))
            hits[kept.Count] = new TextHit(postings.Key(document), scores[document]);
        GC.KeepAlive(postings);
        return hits;
    }

    private void Put(string operation, long key, string text, bool replace)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> terms = [];
        _analyzer.Analyze(text, terms);
        _lock.EnterWriteLock();
        try
        {
            PostingsInMemory memory = Changeable();
            if (memory.Contains(key) && !replace)
                throw new ArgumentException($"{operation}: key {key} is in the index already. Use Set to replace its text, or another key.");
            memory.Remove(key);
            memory.Add(key, terms);
            if (memory.Documents - memory.Live >= int.Max(LeastToReclaim, memory.Documents / 4))
                _memory = memory = memory.Reclaim();
            TakeCounts(memory);
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private void TakeCounts(PostingsInMemory memory)
    {
        Volatile.Write(ref _live, memory.Live);
        _totalLength = memory.TotalLength;
    }

    /// <summary>Postings that may be changed: those of a file are verified and read first. Within the lock for writing.</summary>
    private PostingsInMemory Changeable()
    {
        if (_memory is not null)
            return _memory;
        _file!.Verify();
        _memory = PostingsInMemory.Read(_mapped!);
        (_mapped, _file) = (null, null);
        return _memory;
    }
}
