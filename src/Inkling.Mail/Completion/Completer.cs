using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>Completes drafts with a trained model. Thread-safe: one completer serves any number of drafts.</summary>
public sealed partial class Completer : IDisposable
{
    /// <summary>Confidence below which a continuation is not worth telling of, unless it is the best there is.</summary>
    private const double LeastTold = 0.005;

    private readonly ConcurrentBag<SearchWorkspace> _workspaces = [];
    private readonly Tokenizer _tokenizer;
    private readonly MailPrompt _prompt;
    private readonly ContinuationSearch _search;
    private readonly SuggestionGate _gate;
    private readonly CompletionSettings _settings;

    internal Completer(Tokenizer tokenizer, ITokenPredictor predictor, CompletionSettings settings, ModelInfo info, CompleterOptions? options = null)
    {
        options ??= new CompleterOptions();
        options.Validate();
        _tokenizer = tokenizer;
        _prompt = new MailPrompt(tokenizer);
        _settings = settings with { Threshold = options.Threshold ?? settings.Threshold };
        Predictor = predictor;
        Info = info with { Threshold = _settings.Threshold };
        Options = options;
        _search = new ContinuationSearch(predictor, tokenizer, new SearchOptions { BeamWidth = options.BeamWidth, MaxWords = options.MaxWords });
        _gate = new SuggestionGate(_settings);
    }

    /// <summary>The model at work.</summary>
    public ModelInfo Info { get; }

    /// <summary>How it works.</summary>
    public CompleterOptions Options { get; }

    internal ITokenPredictor Predictor { get; }

    internal CompletionSettings Settings => _settings;

    /// <summary>A session for one draft.</summary>
    public DraftSession NewSession() => new(this);

    /// <summary>Answers one request.</summary>
    /// <param name="request">The draft up to the caret, with what is around it.</param>
    /// <param name="session">The draft's session; null reads the whole draft anew. The answer is the same.</param>
    /// <exception cref="ArgumentException">The session belongs to another completer.</exception>
    public Completion Complete(CompletionRequest request, DraftSession? session = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.Text);
        var started = Stopwatch.GetTimestamp();
        session ??= NewSession();
        if (session.Owner != this)
            throw new ArgumentException("Complete: the session belongs to another model. Make one with this completer's NewSession.", nameof(session));
        Completion answer;
        lock (session.Lock)
            answer = Answer(request, session);
        return answer with { ElapsedMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds };
    }

    /// <summary>Lets go of the model's memory. Calls still running finish first.</summary>
    public void Dispose() => _workspaces.Clear();

    internal DraftReading NewReading() => new(_tokenizer, _prompt);

    /// <summary>Every continuation found for a draft, with the features of its confidence and whether it is what the writer typed next.</summary>
    internal List<JudgedContinuation> Judged(CompletionRequest request, DraftSession session, ReadOnlySpan<char> next)
    {
        var reading = session.Reading;
        reading.Read(request);
        var judged = new List<JudgedContinuation>();
        if (reading.Reason is not null)
            return judged;
        var workspace = Search(session);
        foreach (var found in workspace.Found)
        {
            var (text, features) = Describe(reading, found);
            var end = text.Length;
            var right = next.StartsWith(text) && (end == next.Length || !(char.IsLetterOrDigit(text[^1]) && char.IsLetterOrDigit(next[end])));
            judged.Add(new JudgedContinuation(text, features, right));
        }
        _workspaces.Add(workspace);
        return judged;
    }

    private Completion Answer(CompletionRequest request, DraftSession session)
    {
        var reading = session.Reading;
        reading.Read(request);
        if (reading.Reason is { } reason)
            return new Completion { Reason = reason };
        var workspace = Search(session);
        var answer = Choose(reading, workspace);
        _workspaces.Add(workspace);
        return answer;
    }

    private SearchWorkspace Search(DraftSession session)
    {
        var root = session.MoveTo(session.Reading.Tokens, out var probabilities);
        if (!_workspaces.TryTake(out var workspace))
            workspace = _search.NewWorkspace();
        _search.Run(root, probabilities, session.Reading.Typed, workspace);
        return workspace;
    }

    /// <summary>Gives what was found its confidence, chooses what to show and puts the best first.</summary>
    private Completion Choose(DraftReading reading, SearchWorkspace workspace)
    {
        var suggestions = new List<Suggestion>(workspace.Found.Count);
        foreach (var found in workspace.Found)
        {
            var (text, features) = Describe(reading, found);
            suggestions.Add(new Suggestion { Text = text, Words = found.Words, Confidence = _settings.Calibration.Confidence(features) });
        }
        if (suggestions.Count == 0)
            return new Completion { Reason = CompletionReason.NoCandidates };
        var shown = _gate.Choose(suggestions);
        SuggestionGate.Order(suggestions);
        var told = 1;
        for (var i = 1; i < suggestions.Count && told < Options.MaxCandidates; i++)
        {
            if (suggestions[i].Confidence >= LeastTold)
                suggestions[told++] = suggestions[i];
        }
        suggestions.RemoveRange(told, suggestions.Count - told);
        if (shown is not null && !suggestions.Contains(shown))
            suggestions[^1] = shown;
        return new Completion { Suggestion = shown, Candidates = suggestions, Reason = shown is null ? CompletionReason.BelowThreshold : null };
    }

    private static (string Text, ContinuationFeatures Features) Describe(DraftReading reading, Continuation found)
    {
        var text = reading.Spacing.Apply(Encoding.UTF8.GetString(found.Text));
        return (text, new ContinuationFeatures(found.Probability, reading.InsideWord, found.Words, !char.IsLetterOrDigit(text[^1])));
    }
}
