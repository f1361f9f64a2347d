namespace Inkling.Language;

/// <summary>
/// A predictor's way through a sequence of tokens, with enough states kept that going back a little is free and going back far is cheap:
/// one state for each of the last <see cref="Recent"/> tokens, and one every <see cref="Spacing"/> tokens before. One thread at a time.
/// </summary>
/// <remarks>
/// <see cref="MoveTo"/> gives the same state, bit for bit, as stepping a fresh state through all tokens: a kept state is the result of the
/// same steps. Memory is <c>Recent + n / Spacing</c> states for n tokens and is reused; it is released with the history.
/// </remarks>
public sealed class PredictorHistory
{
    /// <summary>The last tokens that can be taken back without a step.</summary>
    public const int Recent = 32;

    /// <summary>Distance of the states kept for good.</summary>
    public const int Spacing = 32;

    private readonly ITokenPredictor _predictor;
    private readonly List<int> _tokens = new(256);
    private readonly PredictorState?[] _ring = new PredictorState?[Recent];  // state after p tokens at p % Recent, when _ringAt says so
    private readonly int[] _ringAt = new int[Recent];
    private readonly List<PredictorState> _spaced = [];                      // state after (i + 1) · Spacing tokens
    private readonly PredictorState _start;

    /// <summary>Makes an empty history.</summary>
    /// <param name="predictor">Makes and steps the states.</param>
    public PredictorHistory(ITokenPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        _predictor = predictor;
        _start = predictor.NewState();
        Array.Fill(_ringAt, -1);
    }

    /// <summary>Tokens stepped through.</summary>
    public int Count => _tokens.Count;

    /// <summary>Steps taken since the history was made: what <see cref="MoveTo"/> cost.</summary>
    public long Steps { get; private set; }

    /// <summary>The state after <paramref name="tokens"/>, stepping only through what differs from the sequence before.</summary>
    /// <param name="tokens">The whole sequence from the start.</param>
    /// <returns>A state that is valid until the next call and must not be changed.</returns>
    public PredictorState MoveTo(ReadOnlySpan<int> tokens)
    {
        var common = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens).CommonPrefixLength(tokens);
        var position = NearestKept(common);
        _tokens.RemoveRange(common, _tokens.Count - common);
        for (; position < tokens.Length; position++)
        {
            var next = Room(position + 1);
            next.CopyFrom(At(position));
            _predictor.Step(next, tokens[position]);
            Steps++;
            _ringAt[(position + 1) % Recent] = position + 1;
            if ((position + 1) % Spacing == 0)
                Keep(position + 1);
            if (position >= common)
                _tokens.Add(tokens[position]);
        }
        return At(position);
    }

    /// <summary>The state after that many tokens, which must be kept.</summary>
    private PredictorState At(int position)
    {
        if (position == 0)
            return _start;
        return _ringAt[position % Recent] == position ? _ring[position % Recent]! : _spaced[position / Spacing - 1];
    }

    private int NearestKept(int position)
    {
        // States past the common part are of another text: forget them.
        for (var i = 0; i < Recent; i++)
        {
            if (_ringAt[i] > position)
                _ringAt[i] = -1;
        }
        for (; position > 0; position--)
        {
            if (_ringAt[position % Recent] == position || position % Spacing == 0 && position / Spacing <= _spaced.Count)
                return position;
        }
        return 0;
    }

    private PredictorState Room(int position) => _ring[position % Recent] ??= _predictor.NewState();

    private void Keep(int position)
    {
        var index = position / Spacing - 1;
        if (index == _spaced.Count)
            _spaced.Add(_predictor.NewState());
        _spaced[index].CopyFrom(At(position));
    }
}
