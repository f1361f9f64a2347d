namespace Inkling.Language;

/// <summary>The last tokens a <see cref="CacheModel"/> has seen, oldest first.</summary>
internal sealed class CacheState(CacheModel model, int window) : PredictorState
{
    /// <summary>Stands for an ignored token.</summary>
    public const int Nothing = -1;

    // Twice the window, so that the tokens stay in one piece and move to the front only once in a window.
    private readonly int[] _tokens = new int[2 * window];
    private int _start;
    private int _end;

    public CacheModel Model => model;

    public ReadOnlySpan<int> Tokens => _tokens.AsSpan(_start, _end - _start);

    public void Remember(int token)
    {
        if (_end == _tokens.Length)
        {
            Tokens.CopyTo(_tokens);
            (_start, _end) = (0, _end - _start);
        }
        _tokens[_end++] = token;
        _start = Math.Max(_start, _end - window);
    }

    /// <inheritdoc/>
    public override void Reset() => _start = _end = 0;

    /// <inheritdoc/>
    public override void CopyFrom(PredictorState other)
    {
        if (other is not CacheState state || state.Model != model)
            throw new ArgumentException("CacheModel: the state to copy was made by another predictor. Copy between states of one predictor.", nameof(other));
        state.Tokens.CopyTo(_tokens);
        (_start, _end) = (0, state.Tokens.Length);
    }
}
