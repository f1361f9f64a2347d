namespace Inkling.Language;

/// <summary>
/// The memory of a <see cref="ContinuationSearch"/>: states, distributions, texts, results. Reused from search to search, so that searching
/// allocates nothing once warm. One search at a time.
/// </summary>
public sealed class SearchWorkspace
{
    private readonly List<Continuation> _found = new(64);
    private readonly PredictorState[] _states;
    private readonly float[] _rows;
    private readonly int _vocabulary;
    private byte[] _text = new byte[16 * 1024];
    private int _textUsed;

    internal SearchWorkspace(ITokenPredictor predictor, SearchOptions options)
    {
        Options = options;
        _vocabulary = predictor.VocabularySize;
        var slots = options.MaxCoverSteps + 1 + 2 * options.BeamWidth;
        _states = new PredictorState[slots];
        for (var i = 0; i < slots; i++)
            _states[i] = predictor.NewState();
        _rows = new float[slots * _vocabulary];
        Frontier = new Hypothesis[options.BeamWidth];
        Children = new Hypothesis[options.BeamWidth];
        Covers = new Hypothesis[options.BeamWidth];
        Open = new Hypothesis[64];
        Tokens = new int[options.BeamWidth];
        Beginnings = new int[options.MaxTypedBytes];
    }

    /// <summary>What the last search found, best first by probability.</summary>
    public IReadOnlyList<Continuation> Found => _found;

    /// <summary>Model steps of the last search.</summary>
    public int Steps { get; internal set; }

    internal SearchOptions Options { get; }

    internal double ExploreFloor { get; set; }

    internal Hypothesis[] Frontier { get; set; }

    internal Hypothesis[] Children { get; set; }

    internal Hypothesis[] Covers { get; }

    internal Hypothesis[] Open { get; }

    internal int[] Tokens { get; }

    internal int[] Beginnings { get; }

    internal PredictorState State(int slot) => _states[slot];

    internal ReadOnlySpan<PredictorState> States(int slot, int count) => _states.AsSpan(slot, count);

    internal Span<float> Row(int slot) => _rows.AsSpan(slot * _vocabulary, _vocabulary);

    internal Span<float> Rows(int slot, int count) => _rows.AsSpan(slot * _vocabulary, count * _vocabulary);

    internal ReadOnlySpan<byte> Text(in Hypothesis h) => _text.AsSpan(h.TextStart, h.TextLength);

    internal void Clear()
    {
        _found.Clear();
        _textUsed = 0;
        Steps = 0;
    }

    /// <summary>Stores <paramref name="head"/> followed by <paramref name="tail"/>.</summary>
    internal int Store(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var length = head.Length + tail.Length;
        if (_textUsed + length > _text.Length)
        {
            // Earlier continuations keep the array they were made with; head may lie in the old one, which stays alive through the span.
            var larger = new byte[2 * (_textUsed + length)];
            _text.AsSpan(0, _textUsed).CopyTo(larger);
            _text = larger;
        }
        head.CopyTo(_text.AsSpan(_textUsed));
        tail.CopyTo(_text.AsSpan(_textUsed + head.Length));
        _textUsed += length;
        return _textUsed - length;
    }

    /// <summary>Adds probability to a text; different ways to cut a text into pieces add up.</summary>
    internal void Record(in Hypothesis h, double probability)
    {
        var text = Text(h);
        for (var i = 0; i < _found.Count; i++)
        {
            if (_found[i].Text.SequenceEqual(text))
            {
                _found[i] = _found[i].Plus(probability);
                return;
            }
        }
        _found.Add(new Continuation(_text, h.TextStart, h.TextLength, h.Words, probability));
    }

    internal void Sort() => _found.Sort(ByProbability);

    private static readonly Comparison<Continuation> ByProbability = static (a, b) =>
        a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Text.SequenceCompareTo(b.Text);
}

/// <summary>A sequence of pieces that the search follows.</summary>
internal struct Hypothesis
{
    /// <summary>Slot of the state that <see cref="Token"/> steps on from; −1 is the root.</summary>
    public int Parent;

    /// <summary>The last piece; not yet stepped through when <see cref="Slot"/> is negative.</summary>
    public int Token;

    /// <summary>Slot of the state after <see cref="Token"/>.</summary>
    public int Slot;

    /// <summary>Typed bytes produced so far.</summary>
    public int Matched;

    /// <summary>Where the text beyond the typed bytes lies in the workspace.</summary>
    public int TextStart;

    /// <summary>Bytes of that text.</summary>
    public int TextLength;

    /// <summary>Words in that text.</summary>
    public int Words;

    /// <summary>Probability of the pieces from the root on.</summary>
    public double Mass;
}
