using Inkling.Mail;

namespace Inkling.App.Completing;

/// <summary>The one completer of the running program, for the HTTP API and the pages alike. Thread-safe.</summary>
public interface ICompletionService
{
    /// <summary>The model at work.</summary>
    ModelInfo Info { get; }

    /// <summary>Raised after <see cref="Use"/> has changed the model, on the thread that changed it.</summary>
    event EventHandler? ModelChanged;

    /// <summary>Completes a draft.</summary>
    /// <param name="request">The draft up to the caret and what is around it.</param>
    /// <param name="session">Names the draft, so that its state is kept between keystrokes; null for a call that stands alone.
    /// The answer is the same.</param>
    Completion Complete(CompletionRequest request, string? session = null);

    /// <summary>Drops the state of one draft; unknown names are ignored.</summary>
    void Forget(string session);

    /// <summary>Changes the model, for every draft at once. Calls under way finish with the old one; when the new one cannot be
    /// loaded, the old one stays.</summary>
    /// <param name="modelFolder">A model folder.</param>
    /// <exception cref="InvalidDataException">The folder holds no readable model; the message says what is wrong.</exception>
    void Use(string modelFolder);
}
