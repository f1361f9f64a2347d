using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// Looks for the texts that most probably come next. The letters of an unfinished word are a constraint on bytes, met over every way to cut
/// them into pieces, so no token boundary shows; from there a small beam follows the likeliest pieces. Every place where a word or phrase may
/// end is a result, with the probability that it comes and that the word really ends there.
/// </summary>
/// <remarks>
/// <para>
/// Let <c>m(π)</c> be the product of the model's probabilities along a sequence of pieces <c>π</c> from the root. The typed bytes <c>u</c>
/// have probability <c>Z = Σ m(π)</c> over all sequences that produce u with their last piece and not before. A continuation <c>t</c> has
/// <c>P(t) = Σ m(π) · e(π) / Z</c> over the sequences found that spell <c>u t</c>, where <c>e(π)</c> is the probability that the next piece
/// ends the word when t ends with a letter, and one otherwise.
/// </para>
/// <para>
/// Immutable: any number of threads may search at the same time, each with a workspace of its own. The same root, bytes and options give
/// the same result, bit for bit.
/// </para>
/// </remarks>
public sealed partial class ContinuationSearch
{
    private const int Root = -1;

    private readonly ITokenPredictor _predictor;
    private readonly PieceTrie _trie;
    private readonly Tokenizer _tokenizer;
    private readonly PieceClasses _classes;
    private readonly SearchOptions _options;

    /// <summary>Makes a search over a predictor's vocabulary.</summary>
    /// <param name="predictor">Says which piece comes next.</param>
    /// <param name="tokenizer">Knows the pieces; its vocabulary is the predictor's.</param>
    /// <param name="options">How far to look; null for the defaults.</param>
    /// <exception cref="ArgumentException">The vocabularies differ in size.</exception>
    public ContinuationSearch(ITokenPredictor predictor, Tokenizer tokenizer, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (predictor.VocabularySize != tokenizer.VocabularySize)
            throw new ArgumentException(
                $"ContinuationSearch: the predictor knows {predictor.VocabularySize} tokens, the tokenizer {tokenizer.VocabularySize}. Use the pair that was trained together.",
                nameof(predictor));
        _predictor = predictor;
        _tokenizer = tokenizer;
        _trie = tokenizer.Pieces;
        _classes = new PieceClasses(tokenizer);
        _options = options ?? new SearchOptions();
    }

    /// <summary>How far this search looks.</summary>
    public SearchOptions Options => _options;

    /// <summary>Memory for one search at a time.</summary>
    public SearchWorkspace NewWorkspace() => new(_predictor, _options);

    /// <summary>Searches; the results are then in <see cref="SearchWorkspace.Found"/>.</summary>
    /// <param name="root">The predictor's state after everything before the typed bytes. Not changed.</param>
    /// <param name="rootProbabilities">[V] What the predictor says at the root.</param>
    /// <param name="typed">The bytes of the unfinished word, with the white space before it; empty when every typed piece is settled.</param>
    /// <param name="workspace">Made by <see cref="NewWorkspace"/>.</param>
    public void Run(PredictorState root, ReadOnlySpan<float> rootProbabilities, ReadOnlySpan<byte> typed, SearchWorkspace workspace)
    {
        workspace.Clear();
        var inside = typed.LastIndexOfAnyExcept((byte)' ', (byte)'\n') == typed.Length - 1 && !typed.IsEmpty;
        workspace.ExploreFloor = inside ? _options.InsideFloor : _options.ExploreFloor;
        if (typed.Length > _options.MaxTypedBytes)
            return;
        int count;
        double total;
        if (typed.IsEmpty)
        {
            total = 1;
            count = Expand(new Hypothesis { Parent = Root, Slot = Root, Mass = 1 }, rootProbabilities, 1, workspace.Frontier, 0, workspace);
        }
        else
        {
            (count, total) = Cover(root, rootProbabilities, typed, workspace);
            Array.Copy(workspace.Covers, workspace.Frontier, count);
        }
        if (total > 0)
            Follow(root, count, 1 / total, workspace);
        workspace.Sort();
    }

    /// <summary>Follows the beam level by level until nothing in it is likely enough, and records every place to end.</summary>
    private void Follow(PredictorState root, int count, double scale, SearchWorkspace workspace)
    {
        var first = _options.MaxCoverSteps + 1; // slots of the beam: two sets of BeamWidth that take turns
        for (var level = 0; count > 0 && workspace.Steps + count <= _options.MaxSteps; level++)
        {
            var slot = first + level % 2 * _options.BeamWidth;
            Evaluate(root, slot, count, workspace);
            var children = 0;
            for (var i = 0; i < count; i++)
            {
                ref var h = ref workspace.Frontier[i];
                h.Slot = slot + i;
                var row = workspace.Row(h.Slot);
                var text = workspace.Text(h);
                var end = PieceClasses.EndOf(text);
                if (end == TextEnd.Closed)
                    workspace.Record(h, h.Mass * scale);
                else if (end == TextEnd.Open)
                    workspace.Record(h, h.Mass * scale * _classes.EndProbability(row));
                if (!PieceClasses.EndsSentence(text))
                    children = Expand(h, row, scale, workspace.Children, children, workspace);
            }
            (workspace.Frontier, workspace.Children) = (workspace.Children, workspace.Frontier);
            count = children;
        }
    }

    /// <summary>Steps the states of the frontier, from wherever their parents are, into consecutive slots and asks for the next pieces.</summary>
    private void Evaluate(PredictorState root, int slot, int count, SearchWorkspace workspace)
    {
        for (var i = 0; i < count; i++)
        {
            ref readonly var h = ref workspace.Frontier[i];
            workspace.State(slot + i).CopyFrom(h.Parent == Root ? root : workspace.State(h.Parent));
            workspace.Tokens[i] = h.Token;
        }
        _predictor.Step(workspace.States(slot, count), workspace.Tokens.AsSpan(0, count));
        _predictor.Predict(workspace.States(slot, count), workspace.Rows(slot, count));
        workspace.Steps += count;
    }

    /// <summary>Adds the likeliest continuations of a hypothesis to a list that keeps the best of a level, in descending order of mass.</summary>
    /// <returns>The new length of the list.</returns>
    private int Expand(in Hypothesis h, ReadOnlySpan<float> row, double scale, Hypothesis[] into, int count, SearchWorkspace workspace)
    {
        var floor = (h.Words <= _options.ExploreWords ? workspace.ExploreFloor : _options.ExtendFloor) / scale;
        var least = Least(into, count, floor, h.Mass);
        var last = h.TextLength == 0 ? (byte)' ' : workspace.Text(h)[^1];
        for (var id = 0; id < row.Length; id++)
        {
            if (row[id] < least || row[id] <= 0 || !_classes.Suggestible(id))
                continue;
            var piece = _tokenizer.Bytes(id);
            var words = h.Words + WordsBegun(last, piece);
            var mass = h.Mass * row[id];
            if (words > _options.MaxWords || h.TextLength + piece.Length > _options.MaxBytes
                || words > _options.ExploreWords && mass * scale < _options.ExtendFloor)
                continue;
            var child = new Hypothesis { Parent = h.Slot, Token = id, Slot = Root, Matched = h.Matched, Words = words, Mass = mass };
            child.TextStart = workspace.Store(workspace.Text(h), piece);
            child.TextLength = h.TextLength + piece.Length;
            count = Insert(into, count, child);
            least = Least(into, count, floor, h.Mass);
        }
        return count;
    }

    /// <summary>The probability a piece must have to enter a level's list.</summary>
    private static float Least(Hypothesis[] list, int count, double floor, double mass) =>
        (float)((count == list.Length ? Math.Max(floor, list[^1].Mass) : floor) / mass);

    /// <summary>Inserts into a list in descending order of mass; what falls off its end is dropped. Of equals the first comes first.</summary>
    private static int Insert(Hypothesis[] list, int count, in Hypothesis h)
    {
        if (count == list.Length)
        {
            if (list[^1].Mass >= h.Mass)
                return count;
            count--;
        }
        var at = count;
        for (; at > 0 && list[at - 1].Mass < h.Mass; at--)
            list[at] = list[at - 1];
        list[at] = h;
        return count + 1;
    }

    /// <summary>How many words (runs without white space) begin within a piece that follows the byte <paramref name="last"/>.</summary>
    private static int WordsBegun(byte last, ReadOnlySpan<byte> piece)
    {
        var words = 0;
        foreach (var b in piece)
        {
            if (last == (byte)' ' && b != (byte)' ')
                words++;
            last = b;
        }
        return words;
    }
}
