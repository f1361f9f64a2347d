using System.Text.Json.Nodes;
using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// Tells the class of an English text with a <see cref="SequenceClassifier"/>: the text becomes words (<see cref="EnglishWords"/>), longer texts are read in
/// pieces, and scores become calibrated probabilities, <c>softmax(z / T)</c>. Kept as a model folder. Not for several threads at once.
/// </summary>
/// <remarks>
/// Marks at the very end do not matter. A text of more than <see cref="TextClassifierOptions.PieceWords"/> words is read in pieces that end where sentences do; its
/// scores are the mean of theirs, each counted by its number of words, so that time and memory grow no faster than the text.
/// </remarks>
/// <example><code>
/// using TextClassifier tone = TextClassifier.Load("models/tone");
/// string label = tone.Classify("I don't think it is bad at all").Label;   // positive
/// </code></example>
public sealed class TextClassifier : IDisposable
{
    /// <summary>The word that fills up shorter sequences of a batch; number 0 of the vocabulary.</summary>
    public const string PaddingWord = "<pad>";

    /// <summary>The word that stands for unknown ones.</summary>
    public const string UnknownWord = "<unk>";

    private const int BatchPieces = 64;
    private readonly SequenceClassifier _model;
    private readonly Tape _tape;
    private readonly Indices _tokens;
    private readonly Indices _lengths;

    /// <summary>Puts a classifier together.</summary>
    /// <param name="model">The built model.</param>
    /// <param name="vocabulary">Its words; <see cref="PaddingWord"/> is number 0, and an unknown word is named.</param>
    /// <param name="labels">The names of the classes, one for each score.</param>
    /// <param name="options">How texts are read and scores judged; null for the defaults.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or an option is out of range.</exception>
    public TextClassifier(SequenceClassifier model, Vocabulary vocabulary, IReadOnlyList<string> labels, TextClassifierOptions? options = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(labels);
        Options = options ?? new TextClassifierOptions();
        Options.Validate();
        if (vocabulary.Count != model.Config.VocabularySize) throw new ArgumentException($"TextClassifier: the vocabulary has {vocabulary.Count} words, the model {model.Config.VocabularySize}.", nameof(vocabulary));
        if (vocabulary.WordOf(SequenceClassifier.Padding) != PaddingWord || vocabulary.Unknown < 0) throw new ArgumentException($"TextClassifier: word 0 must be {PaddingWord}, and the vocabulary must have a word for unknown ones.", nameof(vocabulary));
        if (labels.Count != model.Config.Classes || labels.Distinct().Count() != labels.Count || labels.Any(string.IsNullOrEmpty))
            throw new ArgumentException($"TextClassifier: {labels.Count} labels ({string.Join(", ", labels)}) for {model.Config.Classes} classes; each class needs a name of its own.", nameof(labels));
        _model = model;
        Vocabulary = vocabulary;
        Labels = [.. labels];
        _tape = new Tape(new TapeOptions { Team = team ?? Team.Shared, Recording = false, Name = "classifying" });
        _tokens = _tape.Indices([1, 1]);
        _lengths = _tape.Indices([1]);
    }

    /// <summary>The words.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>How texts are read and scores judged.</summary>
    public TextClassifierOptions Options { get; }

    /// <summary>The model.</summary>
    public SequenceClassifier Model => _model;

    /// <summary>Reads a model folder.</summary>
    /// <param name="folder">The folder, with <c>config.json</c>, <c>words.txt</c> and <c>weights.safetensors</c>.</param>
    /// <param name="team">The threads; null for all cores.</param>
    /// <exception cref="InvalidDataException">A file is missing, damaged or does not fit the others; the message names it and the remedy.</exception>
    public static TextClassifier Load(string folder, Team? team = null) => TextClassifierFolder.Load(folder, team);

    /// <summary>Writes a model folder, file by file to temporary names that are then renamed; the configuration, without which it is none, comes last.</summary>
    /// <param name="folder">The folder, made if it is not there.</param>
    /// <param name="quantized">Whether matrices are kept in 8 bits with a scale for each row, or in 32 bits. Default: 8 bits.</param>
    /// <param name="training">How the model came about, for people; nothing depends on it.</param>
    /// <exception cref="Nn.Checkpoints.CheckpointException">A file cannot be written.</exception>
    public void Save(string folder, bool quantized = true, JsonObject? training = null) => TextClassifierFolder.Save(this, folder, quantized, training);

    /// <summary>The words of a text as the model reads them.</summary>
    public static IReadOnlyList<string> WordsOf(string text) => EnglishWords.Split(text, dropFinalMarks: true);

    /// <summary>Tells the class of a text.</summary>
    /// <param name="text">Any text with at least one word.</param>
    /// <exception cref="ArgumentException">The text has no words.</exception>
    public TextClassification Classify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] words = Encode(WordsOf(text));
        if (words.Length == 0) throw new ArgumentException("TextClassifier: the text has no words.", nameof(text));
        return Classification(Scores(words), words);
    }

    /// <summary>Finds the words that move the class of a text most: each is left out in turn, and the text is read again.</summary>
    /// <param name="text">Any text with at least one word.</param>
    /// <param name="most">How many words are returned at most. Default: 3.</param>
    /// <param name="least">How much a word must move the log-odds, in nats, at least 0. Default: 0.5.</param>
    /// <returns>Words that speak for the class of the text, the strongest first. Of a text of more than one piece, words of the piece that speaks most for it. Empty for a single word.</returns>
    /// <exception cref="ArgumentException">The text has no words.</exception>
    public IReadOnlyList<WordInfluence> Explain(string text, int most = 3, double least = 0.5)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<(string Written, int[] Words)> parts = Parts(text);
        int[] all = [.. parts.SelectMany(part => part.Words)];
        if (all.Length == 0) throw new ArgumentException("TextClassifier: the text has no words.", nameof(text));
        int label = Largest(Scores(all));
        if (all.Length > Options.PieceWords) parts = StrongestPiece(parts, label);
        int[] whole = [.. parts.SelectMany(part => part.Words)];
        int[] candidates = [.. Enumerable.Range(0, parts.Count).Where(i => parts[i].Words.Length > 0 && parts[i].Words.Length < whole.Length)];
        int[][] without = [.. candidates.Select(left => parts.Where((_, i) => i != left).SelectMany(part => part.Words).ToArray())];
        double before = LogOdds(ScoresOfPieces([whole])[0], label);
        double[][] after = ScoresOfPieces(without);
        return [.. Enumerable.Range(0, candidates.Length)
            .Select(i => new WordInfluence(parts[candidates[i]].Written, Classification(after[i], without[i]), before - LogOdds(after[i], label)))
            .Where(influence => influence.Change >= least)
            .OrderByDescending(influence => influence.Change)
            .Take(most)];
    }

    /// <inheritdoc/>
    public void Dispose() => _tape.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"TextClassifier({string.Join(" or ", Labels)}, {_model})";

    /// <summary>The written words with the numbers of what each is made of; the marks at the end are left out.</summary>
    private List<(string Written, int[] Words)> Parts(string text)
    {
        List<(string Written, List<string> Words)> parts = [];
        foreach (Range range in text.AsSpan().SplitAny(" \t\r\n\u00A0\0"))
        {
            ReadOnlySpan<char> written = text.AsSpan(range);
            if (EnglishWords.Split(written) is { Count: > 0 } words) parts.Add((new string(written).Trim('.', ',', ';', ':', '!', '?', '"', '(', ')', '“', '”'), words));
        }

        while (parts.Count > 0 && (parts[^1].Words.Count == 0 || EnglishWords.IsFinalMark(parts[^1].Words[^1])))
        {
            if (parts[^1].Words.Count == 0) parts.RemoveAt(parts.Count - 1);
            else parts[^1].Words.RemoveAt(parts[^1].Words.Count - 1);
        }

        return [.. parts.Select(part => (part.Written, Encode(part.Words)))];
    }

    private int[] Encode(IReadOnlyList<string> words)
    {
        int[] numbers = new int[words.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Vocabulary.IdOf(words[i]);
        return numbers;
    }

    /// <summary>The piece of a long text that speaks most for a class.</summary>
    private List<(string Written, int[] Words)> StrongestPiece(List<(string Written, int[] Words)> parts, int label)
    {
        List<List<(string Written, int[] Words)>> pieces = [[]];
        int words = 0;
        foreach ((string Written, int[] Words) part in parts)
        {
            pieces[^1].Add(part);
            words += part.Words.Length;
            if (words < Options.PieceWords && !(2 * words >= Options.PieceWords && part.Words is [.., int last] && EndsSentence(last))) continue;
            pieces.Add([]);
            words = 0;
        }

        pieces.RemoveAll(piece => piece.Sum(part => part.Words.Length) == 0);
        double[][] scores = ScoresOfPieces([.. pieces.Select(piece => piece.SelectMany(part => part.Words).ToArray())]);
        return pieces[Enumerable.Range(0, pieces.Count).MaxBy(i => LogOdds(scores[i], label))];
    }

    /// <summary>The scores of a text of any length.</summary>
    private double[] Scores(int[] words)
    {
        List<int[]> pieces = [];
        for (int start = 0; start < words.Length;)
        {
            int end = PieceEnd(words, start);
            pieces.Add(words[start..end]);
            start = end;
        }

        double[][] each = ScoresOfPieces(pieces);
        double[] sum = new double[Labels.Count];
        for (int i = 0; i < each.Length; i++)
        {
            for (int c = 0; c < sum.Length; c++) sum[c] += each[i][c] * pieces[i].Length / words.Length;
        }

        return sum;
    }

    private int PieceEnd(int[] words, int start)
    {
        if (words.Length - start <= Options.PieceWords) return words.Length;
        int last = start + Options.PieceWords;
        for (int end = last; end > start + (Options.PieceWords / 2); end--)
        {
            if (EndsSentence(words[end - 1])) return end;
        }

        return last;
    }

    private bool EndsSentence(int word) => Vocabulary.WordOf(word) is "." or "!" or "?" or "..." or ";";

    /// <summary>The scores of sequences of no great length, divided by the temperature.</summary>
    private double[][] ScoresOfPieces(IReadOnlyList<int[]> pieces)
    {
        double[][] scores = new double[pieces.Count][];
        for (int first = 0; first < pieces.Count; first += BatchPieces)
        {
            int count = Math.Min(BatchPieces, pieces.Count - first), longest = 0;
            for (int i = 0; i < count; i++) longest = Math.Max(longest, pieces[first + i].Length);
            _tokens.Resize([longest, count]);
            _lengths.Resize([count]);
            _tokens.Values.Clear();
            for (int i = 0; i < count; i++)
            {
                int[] words = pieces[first + i];
                _lengths.Values[i] = words.Length;
                for (int t = 0; t < words.Length; t++) _tokens.Values[(t * count) + i] = words[t];
            }

            _tape.Begin();
            ReadOnlySpan<float> values = _model.Forward(_tokens, _lengths).Values;
            for (int i = 0; i < count; i++)
            {
                scores[first + i] = new double[Labels.Count];
                for (int c = 0; c < Labels.Count; c++) scores[first + i][c] = values[(i * Labels.Count) + c] / Options.Temperature;
            }
        }

        return scores;
    }

    private TextClassification Classification(double[] scores, int[] words)
    {
        double largest = scores.Max(), sum = scores.Sum(score => Math.Exp(score - largest));
        double[] probabilities = [.. scores.Select(score => Math.Exp(score - largest) / sum)];
        int label = Largest(scores);
        return new TextClassification(Labels[label], probabilities[label], probabilities, words.Length, words.Count(word => word != Vocabulary.Unknown));
    }

    /// <summary>log p(label) − log (1 − p(label)).</summary>
    private static double LogOdds(double[] scores, int label)
    {
        double largest = scores.Where((_, c) => c != label).Max();
        return scores[label] - largest - Math.Log(scores.Where((_, c) => c != label).Sum(score => Math.Exp(score - largest)));
    }

    private static int Largest(double[] scores) => Array.IndexOf(scores, scores.Max());
}
