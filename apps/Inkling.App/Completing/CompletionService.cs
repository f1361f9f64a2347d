using Inkling.Mail;

namespace Inkling.App.Completing;

/// <summary>Holds the loaded model and the drafts' sessions, and swaps both at once when another model is chosen.</summary>
internal sealed class CompletionService : ICompletionService, IDisposable
{
    private readonly Lock _swap = new();
    private volatile Loaded _loaded;

    /// <summary>Loads the model in <paramref name="modelFolder"/>.</summary>
    /// <exception cref="InvalidDataException">The folder holds no readable model.</exception>
    public CompletionService(string modelFolder) => _loaded = Loaded.From(modelFolder);

    /// <inheritdoc/>
    public event EventHandler? ModelChanged;

    /// <inheritdoc/>
    public ModelInfo Info => _loaded.Completer.Info;

    /// <inheritdoc/>
    public Completion Complete(CompletionRequest request, string? session = null)
    {
        while (true)
        {
            Loaded loaded = _loaded;
            try
            {
                return loaded.Sessions.Complete(session, request);
            }
            catch (ObjectDisposedException) when (!ReferenceEquals(loaded, _loaded))
            {
                // The model was changed between the two lines above: ask the new one.
            }
        }
    }

    /// <inheritdoc/>
    public void Forget(string session) => _loaded.Sessions.Remove(session);

    /// <inheritdoc/>
    public void Use(string modelFolder)
    {
        Loaded next = Loaded.From(modelFolder);
        Loaded last;
        lock (_swap)
        {
            last = _loaded;
            _loaded = next;
        }

        last.Completer.Dispose();
        ModelChanged?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Completes a made-up draft letter by letter until <paramref name="budget"/> is used up, so that the code is compiled by the
    /// time somebody writes.</summary>
    public void WarmUp(TimeSpan budget)
    {
        const string Draft = "Thank you very much for your answer. I will be in the office on";
        const string Session = "warm-up";
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 1; TimeProvider.System.GetElapsedTime(started) < budget; i = i % Draft.Length + 1)
        {
            _ = Complete(new CompletionRequest { Text = Draft[..i] }, Session);
        }

        Forget(Session);
    }

    /// <inheritdoc/>
    public void Dispose() => _loaded.Completer.Dispose();

    private sealed record Loaded(Completer Completer, SessionStore Sessions)
    {
        public static Loaded From(string folder)
        {
            Completer completer = Completer.Load(folder);
            return new Loaded(completer, new SessionStore(completer));
        }
    }
}
