using Inkling.Language;

namespace Inkling.Mail;

/// <summary>
/// Keeps what the model has read of one draft between keystrokes, so that typing a character costs at most one model step.
/// Answers are the same with and without one. May be used from several threads; calls then take turns.
/// </summary>
public sealed class DraftSession
{
    private readonly PredictorHistory _history;
    private readonly float[] _root;
    private readonly List<int> _rootTokens = [];
    private bool _rootValid;

    internal DraftSession(Completer owner)
    {
        Owner = owner;
        _history = new PredictorHistory(owner.Predictor);
        _root = new float[owner.Predictor.VocabularySize];
        Reading = owner.NewReading();
    }

    /// <summary>Model steps taken for this draft so far.</summary>
    public long Steps => _history.Steps;

    internal Completer Owner { get; }

    internal Lock Lock { get; } = new();

    internal DraftReading Reading { get; }

    /// <summary>The state after the tokens read, and the distribution of what comes next.</summary>
    internal PredictorState MoveTo(ReadOnlySpan<int> tokens, out ReadOnlySpan<float> probabilities)
    {
        var state = _history.MoveTo(tokens);
        var known = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rootTokens);
        if (!_rootValid || !known.SequenceEqual(tokens))
        {
            _rootValid = false;
            Owner.Predictor.Predict(state, _root);
            _rootTokens.Clear();
            _rootTokens.AddRange(tokens);
            _rootValid = true;
        }
        probabilities = _root;
        return state;
    }
}
