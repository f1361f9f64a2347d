using System.Runtime.InteropServices;
using System.Text;

namespace Inkling.Text;

/// <summary>
/// Finds the merges: a heap of pairs by frequency, corrected lazily, and for each pair the words in which it may occur, so that one merge
/// costs as much as the words it changes.
/// </summary>
internal sealed class MergeLearner
{
    private const int MergesPerReport = 64;

    private readonly BpeTrainerOptions _options;
    private readonly int[] _symbols;            // the pieces of all words, one after the other; a word shrinks in place
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly long[] _counts;
    private readonly Dictionary<ulong, Pair> _pairs = [];
    private readonly PriorityQueue<Pair, (long MinusCount, ulong Key)> _heap = new();
    private readonly List<byte[]> _pieces = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);    // by spelling in the byte alphabet
    private readonly List<Merge> _merges = [];
    private readonly HashSet<ulong> _merged = [];   // keys of the pairs in _merges

    private sealed class Pair
    {
        public required ulong Key { get; init; }
        public long Count;
        public readonly List<int> Words = [];
        public int Left => (int)(Key >> 32);
        public int Right => (int)Key;
    }

    public MergeLearner(WordCounts words, BpeTrainerOptions options)
    {
        _options = options;
        foreach (string special in options.SpecialTokens)
        {
            _pieces.Add([]);
            _ids.Add(special, _ids.Count);
        }
        for (int value = 0; value < 256; value++)
            AddPiece([(byte)value]);
        int firstByte = options.SpecialTokens.Count;
        int count = words.Words.Count;
        _symbols = new int[words.Words.Sum(word => (long)Encoding.UTF8.GetByteCount(word.Word))];
        _starts = new int[count];
        _lengths = new int[count];
        _counts = new long[count];
        var bytes = new byte[3 * options.LongestWord];
        for (int word = 0, start = 0; word < count; word++)
        {
            int length = Encoding.UTF8.GetBytes(words.Words[word].Word, bytes);
            (_starts[word], _lengths[word], _counts[word]) = (start, length, words.Words[word].Count);
            for (int i = 0; i < length; i++)
                _symbols[start + i] = firstByte + bytes[i];
            start += length;
        }
    }

    public Tokenizer Learn(SpecialTokens specials, CancellationToken cancellationToken)
    {
        CountPairs(cancellationToken);
        while (_pieces.Count < _options.VocabularySize && Commonest() is { } pair)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Apply(pair);
            if (_merges.Count % MergesPerReport == 0)
                Report();
        }
        Report();
        var starts = new int[_pieces.Count + 1];
        for (int id = 0; id < _pieces.Count; id++)
            starts[id + 1] = starts[id] + _pieces[id].Length;
        return new Tokenizer(
            new PieceTable([.. _pieces.SelectMany(piece => piece)], starts), new MergeTable([.. _merges]), specials);
    }

    private void Report() =>
        _options.Progress?.Report(new BpeTrainingProgress(BpeTrainingStage.Merging, _pieces.Count, _options.VocabularySize));

    private int AddPiece(byte[] bytes)
    {
        _pieces.Add(bytes);
        _ids.Add(ByteAlphabet.Spell(bytes), _pieces.Count - 1);
        return _pieces.Count - 1;
    }

    private void CountPairs(CancellationToken cancellationToken)
    {
        for (int word = 0; word < _starts.Length; word++)
        {
            if (word % 65536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Span<int> symbols = _symbols.AsSpan(_starts[word], _lengths[word]);
            for (int i = 0; i + 1 < symbols.Length; i++)
                Change(symbols[i], symbols[i + 1], word, _counts[word]);
        }
        foreach (Pair pair in _pairs.Values)
            Push(pair);
    }

    /// <summary>Changes the count of a pair by what one place of a word adds or takes away.</summary>
    private Pair Change(int left, int right, int word, long by)
    {
        ulong key = (ulong)(uint)left << 32 | (uint)right;
        ref Pair? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, key, out _);
        pair ??= new Pair { Key = key };
        pair.Count += by;
        if (by > 0 && (pair.Words.Count == 0 || pair.Words[^1] != word))
            pair.Words.Add(word);
        return pair;
    }

    private void Push(Pair pair)
    {
        if (pair.Count >= _options.MinimumFrequency)
            _heap.Enqueue(pair, (-pair.Count, pair.Key));
    }

    /// <summary>The pair that occurs most often, or null when none occurs often enough.</summary>
    private Pair? Commonest()
    {
        while (_heap.TryDequeue(out Pair? pair, out (long MinusCount, ulong Key) priority))
        {
            if (pair.Count == -priority.MinusCount)
                return pair;
            // Counts only fall while a pair waits (new pairs are pushed when their count is final): put it back where it belongs now.
            Push(pair);
        }
        return null;
    }

    private void Apply(Pair pair)
    {
        byte[] bytes = [.. _pieces[pair.Left], .. _pieces[pair.Right]];
        string spelling = ByteAlphabet.Spell(bytes);
        if (_ids.TryGetValue(spelling, out int result) && result < _options.SpecialTokens.Count)
        {
            // The file could not tell a piece spelled like a special token from the token itself.
            pair.Count = 0;
            return;
        }
        // Two ways of cutting the same bytes share one piece; then the vocabulary does not grow. It also lets a pair that has merged
        // come up again; it merges again, under its old rank.
        if (!_ids.ContainsKey(spelling))
            result = AddPiece(bytes);
        if (_merged.Add(pair.Key))
            _merges.Add(new Merge(pair.Left, pair.Right, result));
        var changed = new HashSet<Pair>();
        foreach (int word in pair.Words)
            Rewrite(word, pair.Left, pair.Right, result, changed);
        _pairs.Remove(pair.Key);
        pair.Count = 0;     // its older entries in the heap are void
        foreach (Pair other in changed)
            Push(other);
    }

    /// <summary>Replaces left right by the result throughout a word and keeps the counts of the pairs around it right.</summary>
    private void Rewrite(int word, int left, int right, int result, HashSet<Pair> changed)
    {
        Span<int> symbols = _symbols.AsSpan(_starts[word], _lengths[word]);
        long count = _counts[word];
        int length = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            if (symbols[i] != left || i + 1 == symbols.Length || symbols[i + 1] != right)
            {
                symbols[length++] = symbols[i];
                continue;
            }
            if (length > 0)
            {
                Change(symbols[length - 1], left, word, -count);
                changed.Add(Change(symbols[length - 1], result, word, count));
            }
            if (i + 2 < symbols.Length)
            {
                Change(right, symbols[i + 2], word, -count);
                changed.Add(Change(result, symbols[i + 2], word, count));
            }
            symbols[length++] = result;
            i++;
        }
        _lengths[word] = length;
    }
}
