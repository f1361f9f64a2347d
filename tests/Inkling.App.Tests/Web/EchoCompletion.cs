using Inkling.App.Completing;
using Inkling.Mail;

namespace Inkling.App.Tests.Web;

/// <summary>A completer without a model: suggests what it was asked, so that tests see what arrived.</summary>
internal sealed class EchoCompletion : ICompletionService
{
    public ModelInfo Info { get; } = new() { Name = "echo", Folder = "/nowhere" };

    public CompletionRequest? LastRequest { get; private set; }

    public string? LastSession { get; private set; }

    public Exception? Failure { get; set; }

    public event EventHandler? ModelChanged
    {
        add { }
        remove { }
    }

    public Completion Complete(CompletionRequest request, string? session = null)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        (LastRequest, LastSession) = (request, session);
        if (request.Text.Length == 0)
        {
            return new Completion { Reason = CompletionReason.NothingToComplete, ElapsedMs = 0.1 };
        }

        var suggestion = new Suggestion { Text = " for your help.", Words = 3, Confidence = 0.83 };
        return new Completion { Suggestion = suggestion, Candidates = [suggestion], ElapsedMs = 1.25 };
    }

    public void Forget(string session)
    {
    }

    public void Use(string modelFolder) => throw new NotSupportedException();
}
