using System.Buffers;

namespace Inkling.Text;

/// <summary>
/// The tokenizer of BERT and its kin: words fall into the longest pieces that the vocabulary has, from the left; one that does not fall into pieces is unknown (Wu et al. 2016,
/// <i>Google's Neural Machine Translation System</i>, §4.1; Devlin et al. 2019). Immutable and safe to share between threads.
/// </summary>
/// <remarks>Reads <c>tokenizer.json</c> of Hugging Face (model <c>WordPiece</c>) and <c>vocab.txt</c>, a piece a line; the ids are those of other readers of these files.</remarks>
/// <example><code>
/// WordPieceTokenizer tokenizer = WordPieceTokenizer.Load("model/tokenizer.json");
/// List&lt;int&gt; ids = [];
/// tokenizer.Encode("When do we meet?", ids);
/// </code></example>
public sealed class WordPieceTokenizer
{
    private const int MostLetters = 1000;

    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int> _within = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _firstPieces, _otherPieces;
    private readonly (string Text, int Id)[] _special;
    private readonly SearchValues<char> _specialStarts;
    private readonly int _unknown, _longest;

    internal WordPieceTokenizer(Dictionary<string, int> ids, WordPieceOptions options)
    {
        Options = options;
        _ids = ids;
        if (options.LongestWord is < 1 or > MostLetters) throw new ArgumentException($"WordPieceTokenizer: the longest word has {options.LongestWord} characters. Give 1 to {MostLetters}.", nameof(options));
        if (string.IsNullOrEmpty(options.Prefix)) throw new ArgumentException("WordPieceTokenizer: pieces within a word have no prefix. Give one, such as ##.", nameof(options));
        foreach ((string piece, int id) in ids)
        {
            if (piece.Length > options.Prefix.Length && piece.StartsWith(options.Prefix, StringComparison.Ordinal)) _within[piece[options.Prefix.Length..]] = id;
            VocabularySize = int.Max(VocabularySize, id + 1);
            _longest = int.Max(_longest, piece.Length);
        }

        _firstPieces = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _otherPieces = _within.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknown = Required(options.Unknown);
        BeginId = options.Begin is { } begin ? Required(begin) : null;
        EndId = options.End is { } end ? Required(end) : null;
        PaddingId = options.Padding is { } padding ? Required(padding) : null;
        _special = [.. new[] { options.Unknown, options.Begin, options.End, options.Padding }.OfType<string>().Concat(options.Special.Where(ids.ContainsKey)).Distinct()
            .OrderByDescending(text => text.Length).Select(text => (text, ids[text]))];
        _specialStarts = SearchValues.Create([.. _special.Select(one => one.Text[0]).Distinct()]);
    }

    /// <summary>Takes a vocabulary.</summary>
    /// <param name="pieces">The pieces; the id of each is its place.</param>
    /// <param name="options">How text is read; null for the usual way.</param>
    /// <exception cref="ArgumentException">A piece is empty or there twice, or one that the options name is missing.</exception>
    public WordPieceTokenizer(IReadOnlyList<string> pieces, WordPieceOptions? options = null) : this(Numbered(pieces), options ?? new WordPieceOptions())
    {
    }

    /// <summary>How it reads text.</summary>
    public WordPieceOptions Options { get; }

    /// <summary>The highest id, plus one.</summary>
    public int VocabularySize { get; }

    /// <summary>The id of <see cref="WordPieceOptions.Begin"/>; null for none.</summary>
    public int? BeginId { get; }

    /// <summary>The id of <see cref="WordPieceOptions.End"/>; null for none.</summary>
    public int? EndId { get; }

    /// <summary>The id of <see cref="WordPieceOptions.Padding"/>; null for none.</summary>
    public int? PaddingId { get; }

    /// <summary>Reads a <c>tokenizer.json</c> or a <c>vocab.txt</c>; which of them it is, the file shows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How text is read, for a <c>vocab.txt</c>; null for the usual way. A <c>tokenizer.json</c> says it itself.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or describes another tokenizer; the message names the file, what is wrong, and the remedy.</exception>
    public static WordPieceTokenizer Load(string path, WordPieceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return WordPieceReader.Read(path, options);
    }

    /// <summary>The id of a piece, as the vocabulary spells it; null if there is none.</summary>
    public int? Id(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return _ids.TryGetValue(piece, out int id) ? id : null;
    }

    /// <summary>Appends the ids of a text, without begin and end.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <param name="ids">Where they go.</param>
    /// <param name="most">How many at most, 0 or more; what comes later in the text is not read. Default: all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is negative.</exception>
    public void Encode(ReadOnlySpan<char> text, List<int> ids, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        int end = (int)long.Min(int.MaxValue, (long)ids.Count + most);
        Span<char> room = stackalloc char[(2 * Options.LongestWord) + BertWords.Reserve];
        while (!text.IsEmpty && ids.Count < end)
        {
            int at = NextSpecial(text, out int which);
            BertWords words = new(text[..at], Options, room);
            while (ids.Count < end && words.Next(out ReadOnlySpan<char> word)) Append(word, ids);
            if (which < 0) break;
            ids.Add(_special[which].Id);
            text = text[(at + _special[which].Text.Length)..];
        }

        if (ids.Count > end) ids.RemoveRange(end, ids.Count - end);
    }

    /// <inheritdoc/>
    public override string ToString() => $"WordPieceTokenizer({VocabularySize} pieces)";

    private void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        int before = ids.Count;
        for (int start = 0; start < word.Length;)
        {
            Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> pieces = start == 0 ? _firstPieces : _otherPieces;
            int length = int.Min(word.Length - start, _longest), id = 0;
            while (length > 0 && !pieces.TryGetValue(word.Slice(start, length), out id)) length--;
            if (length == 0)
            {
                ids.RemoveRange(before, ids.Count - before);
                break;
            }

            ids.Add(id);
            start += length;
        }

        if (ids.Count == before) ids.Add(_unknown);
    }

    private int NextSpecial(ReadOnlySpan<char> text, out int which)
    {
        for (int at = 0; at < text.Length; at++)
        {
            int skip = text[at..].IndexOfAny(_specialStarts);
            if (skip < 0) break;
            at += skip;
            for (which = 0; which < _special.Length; which++)
            {
                if (text[at..].StartsWith(_special[which].Text, StringComparison.Ordinal)) return at;
            }
        }

        which = -1;
        return text.Length;
    }

    private int Required(string piece) => _ids.TryGetValue(piece, out int id) ? id : throw new ArgumentException($"WordPieceTokenizer: the vocabulary has no '{piece}'. Name the piece that it has instead, or take the vocabulary of the model.");

    private static Dictionary<string, int> Numbered(IReadOnlyList<string> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        Dictionary<string, int> ids = new(pieces.Count, StringComparer.Ordinal);
        for (int i = 0; i < pieces.Count; i++)
        {
            if (string.IsNullOrEmpty(pieces[i])) throw new ArgumentException($"WordPieceTokenizer: piece {i} is empty.", nameof(pieces));
            if (!ids.TryAdd(pieces[i], i)) throw new ArgumentException($"WordPieceTokenizer: '{pieces[i]}' is there twice, as piece {ids[pieces[i]]} and as piece {i}.", nameof(pieces));
        }

        return ids;
    }
}
